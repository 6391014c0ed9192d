//! The lock files in `tests/tools/` come in; the compilers and checkers of other languages, installed
//! below the target folder on first use, go out. Where Node or Python is missing a test says so and
//! ends, but for where the environment has `CI`: there it fails. The same of Java, for Spark.
//!
//! ```ignore
//! #[path = "../codegen/tests/tools/mod.rs"]
//! mod tools;
//!
//! if let Some(node) = tools::node() {
//!     tools::run(node.tsc(&["--strict", "--noEmit", "use.ts"]).current_dir(folder));
//! }
//! ```

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests; each file uses a part"
)]

use std::collections::hash_map::DefaultHasher;
use std::ffi::OsStr;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

/// An installation takes less; a lock that is older was left behind.
const PATIENCE: Duration = Duration::from_secs(600);

/// Tools that Node runs: each method gives a command with these arguments.
pub(crate) struct Node {
    modules: PathBuf,
}

impl Node {
    pub(crate) fn tsc(&self, arguments: &[&str]) -> Command {
        self.script("typescript/bin/tsc", arguments)
    }

    pub(crate) fn prettier(&self, arguments: &[&str]) -> Command {
        self.script("prettier/bin/prettier.cjs", arguments)
    }

    /// The folder of its modules.
    pub(crate) fn modules(&self) -> &Path {
        &self.modules
    }

    /// Knows what is installed beside the tools that Python runs.
    pub(crate) fn pyright(&self, python: &Python, arguments: &[&str]) -> Command {
        let mut command = self.script("pyright/index.js", arguments);
        command.arg("--pythonpath").arg(&python.interpreter);
        command
    }

    /// Where the compiler stands as a library.
    pub(crate) fn typescript(&self) -> PathBuf {
        self.modules.join("typescript")
    }

    fn script(&self, path: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new("node");
        command.arg(self.modules.join(path)).args(arguments);
        command
    }
}

/// An interpreter that has mypy, ruff, pydantic, hatchling, jsonschema and openapi-spec-validator.
pub(crate) struct Python {
    interpreter: PathBuf,
}

impl Python {
    /// `python <arguments>`
    pub(crate) fn python(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.interpreter);
        command.args(arguments).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// `python -m <module> <arguments>`
    pub(crate) fn module(&self, module: &str, arguments: &[&str]) -> Command {
        let mut command = self.python(&["-m", module]);
        command.args(arguments);
        command
    }
}

/// The tools in `tests/tools/package-lock.json`.
pub(crate) fn node() -> Option<&'static Node> {
    static NODE: OnceLock<Option<Node>> = OnceLock::new();
    let install = || modules("node", &locks());
    NODE.get_or_init(|| available(install())).as_ref()
}

/// An interpreter that has what `examples/spark/requirements.txt` names. Spark needs Java.
pub(crate) fn spark() -> Option<&'static Python> {
    static SPARK: OnceLock<Option<Python>> = OnceLock::new();
    let install = || {
        attempt(Command::new("java").arg("-version"))?;
        attempt(Command::new("python3").arg("--version"))?;
        let locks = locks().join("../../examples/spark");
        let home = installed("spark", &locks, &["requirements.txt"], pip_install)?;
        Ok(Python {
            interpreter: interpreter(&home),
        })
    };
    SPARK.get_or_init(|| available(install())).as_ref()
}

/// An interpreter that has openapi-generator, which needs Java, and cfn-lint: `tests/tools/generators/requirements.txt`.
pub(crate) fn generators() -> Option<&'static Python> {
    static GENERATORS: OnceLock<Option<Python>> = OnceLock::new();
    let install = || {
        attempt(Command::new("java").arg("-version"))?;
        attempt(Command::new("python3").arg("--version"))?;
        let locks = locks().join("generators");
        let home = installed("generators", &locks, &["requirements.txt"], pip_install)?;
        Ok(Python {
            interpreter: interpreter(&home),
        })
    };
    GENERATORS.get_or_init(|| available(install())).as_ref()
}

/// Where Node finds quicktype: `tests/tools/generators/package-lock.json`.
pub(crate) fn quicktype() -> Option<&'static Node> {
    static QUICKTYPE: OnceLock<Option<Node>> = OnceLock::new();
    let install = || modules("quicktype", &locks().join("generators"));
    QUICKTYPE.get_or_init(|| available(install())).as_ref()
}

/// Where Node finds the AWS CDK: `tests/tools/cdk/package-lock.json`.
pub(crate) fn cdk() -> Option<&'static Node> {
    static CDK: OnceLock<Option<Node>> = OnceLock::new();
    let install = || modules("cdk", &locks().join("cdk"));
    CDK.get_or_init(|| available(install())).as_ref()
}

/// Where Node finds what users of the TypeScript package use: `tests/tools/typescript/package-lock.json`.
pub(crate) fn users() -> Option<&'static Node> {
    static USERS: OnceLock<Option<Node>> = OnceLock::new();
    let install = || modules("typescript-users", &locks().join("typescript"));
    USERS.get_or_init(|| available(install())).as_ref()
}

/// Where Node finds what the script of the site's pages is made and tested with: `site/script/package-lock.json`.
pub(crate) fn site_script() -> Option<&'static Node> {
    static SCRIPT: OnceLock<Option<Node>> = OnceLock::new();
    let install = || modules("site-script", &locks().join("../../site/script"));
    SCRIPT.get_or_init(|| available(install())).as_ref()
}

/// A Chromium of this machine: what `CHROMIUM` names, or what is installed. None is ever fetched.
pub(crate) fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let installed = ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .flat_map(|name| std::env::split_paths(&folders).map(move |folder| folder.join(name)))
        .find(|path| path.is_file());
    let missing =
        "there is no Chromium: install one (apt-get install chromium), or name it in CHROMIUM";
    available(named.or(installed).ok_or_else(|| missing.to_owned()))
}

/// The modules that the lock in a folder names.
fn modules(name: &str, locks: &Path) -> Result<Node, String> {
    attempt(Command::new("node").arg("--version"))?;
    let home = installed(name, locks, &["package.json", "package-lock.json"], npm_ci)?;
    Ok(Node {
        modules: home.join("node_modules"),
    })
}

/// An interpreter that has the AWS command line, botocore, and SAM's code for schemas.
pub(crate) fn aws() -> Option<&'static Python> {
    static AWS: OnceLock<Option<Python>> = OnceLock::new();
    let install = || {
        attempt(Command::new("python3").arg("--version"))?;
        let locks = locks().join("../../registry/aws/tests/clients");
        let home = installed("aws", &locks, &["requirements.txt"], pip_install_as_listed)?;
        Ok(Python {
            interpreter: interpreter(&home),
        })
    };
    AWS.get_or_init(|| available(install())).as_ref()
}

/// The tools in `tests/tools/requirements.txt`.
pub(crate) fn python() -> Option<&'static Python> {
    static PYTHON: OnceLock<Option<Python>> = OnceLock::new();
    let install = || {
        attempt(Command::new("python3").arg("--version"))?;
        let home = installed("python", &locks(), &["requirements.txt"], pip_install)?;
        Ok(Python {
            interpreter: interpreter(&home),
        })
    };
    PYTHON.get_or_init(|| available(install())).as_ref()
}

fn available<T>(tools: Result<T, String>) -> Option<T> {
    match tools {
        Ok(tools) => Some(tools),
        Err(reason) if std::env::var_os("CI").is_some() => panic!("{reason}"),
        Err(reason) => {
            eprintln!("skipped: {reason}");
            None
        }
    }
}

/// Runs a command to its end, and shows what it said when it fails.
pub(crate) fn run(command: &mut Command) -> String {
    attempt(command).unwrap_or_else(|reason| panic!("{reason}"))
}

fn attempt(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{command:?} does not start: {error}"))?;
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    if output.status.success() {
        Ok(said)
    } else {
        Err(format!("{command:?} failed\n{said}"))
    }
}

/// An empty folder for one test, below the target folder.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = home().join("scratch").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .join("tools")
}

/// `tests/tools/` of the workspace, from whichever crate asks.
fn locks() -> PathBuf {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("tests/tools"));
    folders
        .into_iter()
        .find(|folder| folder.join("package-lock.json").exists())
        .unwrap()
}

/// The folder of an installation that was made from these very lock files.
fn installed(
    name: &str,
    locks: &Path,
    files: &[&str],
    install: fn(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    fs::create_dir_all(home()).map_err(|error| error.to_string())?;
    let _lock = Lock::take(&home().join(format!("{name}.lock")));
    let folder = home().join(name);
    let fingerprint = fingerprint(locks, files);
    if fs::read_to_string(folder.join("fingerprint")).is_ok_and(|known| known == fingerprint) {
        return Ok(folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    }
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for file in files {
        fs::copy(locks.join(file), folder.join(file)).map_err(|error| error.to_string())?;
    }
    install(&folder)?;
    fs::write(folder.join("fingerprint"), fingerprint).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn fingerprint(locks: &Path, files: &[&str]) -> String {
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(locks.join(file)).unwrap().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn npm_ci(folder: &Path) -> Result<(), String> {
    let quiet = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ];
    attempt(Command::new("npm").args(quiet).current_dir(folder)).map(drop)
}

fn pip_install(folder: &Path) -> Result<(), String> {
    pip(folder, &[])
}

/// Nothing but what is listed: of some packages a part is used, which needs less.
fn pip_install_as_listed(folder: &Path) -> Result<(), String> {
    pip(folder, &["--no-deps"])
}

fn pip(folder: &Path, more: &[&str]) -> Result<(), String> {
    attempt(
        Command::new("python3")
            .args(["-m", "venv"])
            .arg(folder.join("venv")),
    )?;
    let arguments: [&OsStr; 5] =
        ["-m", "pip", "install", "--quiet", "--require-hashes"].map(OsStr::new);
    let requirements = folder.join("requirements.txt");
    attempt(
        Command::new(interpreter(folder))
            .args(arguments)
            .args(more)
            .arg("-r")
            .arg(requirements),
    )
    .map(drop)
}

fn interpreter(folder: &Path) -> PathBuf {
    folder.join(if cfg!(windows) {
        "venv/Scripts/python.exe"
    } else {
        "venv/bin/python"
    })
}

/// A file that is there while one process installs; tests of other processes wait for it to go.
struct Lock {
    path: PathBuf,
}

impl Lock {
    fn take(path: &Path) -> Lock {
        while fs::File::create_new(path).is_err() {
            if is_stale(path) {
                let _ = fs::remove_file(path);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Lock {
            path: path.to_owned(),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn is_stale(path: &Path) -> bool {
    let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
    let age = modified.map(|modified| {
        SystemTime::now()
            .duration_since(modified)
            .unwrap_or_default()
    });
    age.is_ok_and(|age| age > PATIENCE)
}
