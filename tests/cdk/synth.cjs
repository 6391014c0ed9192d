// A folder of stacks in TypeScript comes in; beside each the template that the AWS CDK makes of it goes out.
const fs = require("fs");
const path = require("path");
const [, , modules, folder] = process.argv;
const from = (name) => require(require.resolve(name, { paths: [modules] }));
const ts = from("typescript");
const cdk = from("aws-cdk-lib");

function classes(file) {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), { compilerOptions: options });
  const exports = {};
  new Function("exports", "require", outputText)(exports, from);
  return Object.values(exports);
}

for (const name of fs.readdirSync(folder).filter((name) => name.endsWith(".ts"))) {
  const app = new cdk.App({ outdir: path.join(folder, `${name}.out`) });
  for (const Stack of classes(path.join(folder, name))) {
    new Stack(app, "Stack", { synthesizer: new cdk.LegacyStackSynthesizer() });
  }
  const { template } = app.synth().getStackByName("Stack");
  fs.writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(template));
}
