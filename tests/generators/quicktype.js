// quicktype makes Go and TypeScript of the documents that `documents.json` in a folder lists.
const fs = require("fs");
const { createRequire } = require("module");
const quicktype = createRequire(process.env.QUICKTYPE + "/")("quicktype-core");

async function main(folder) {
  const documents = JSON.parse(fs.readFileSync(`${folder}/documents.json`));
  for (const [name, file] of Object.entries(documents)) {
    const schema = JSON.parse(fs.readFileSync(file));
    if (schema.openapi) schema.$ref = "#/components/schemas/AWSEvent";
    for (const [lang, ending] of Object.entries({ go: "go", typescript: "ts" })) {
      const input = new quicktype.JSONSchemaInput(new quicktype.FetchingJSONSchemaStore());
      await input.addSource({ name: "AwsEvent", schema: JSON.stringify(schema) });
      const inputData = new quicktype.InputData();
      inputData.addInput(input);
      const rendererOptions = lang === "go" ? { package: name } : {};
      const { lines } = await quicktype.quicktype({ inputData, lang, rendererOptions });
      fs.mkdirSync(`${folder}/${lang}/${name}`, { recursive: true });
      fs.writeFileSync(`${folder}/${lang}/${name}/event.${ending}`, lines.join("\n"));
    }
  }
}

main(process.argv[2]);
