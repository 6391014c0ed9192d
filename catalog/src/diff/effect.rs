//! A change comes in; what it does to those who use a package goes out, and which version it asks for.
//!
//! The table is what compilers say of programs that read, build, match and import: `tests/changes.rs` asks them.

use super::What;

/// The packages that are generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Package {
    /// The crate.
    Rust,
    /// The npm package.
    TypeScript,
    /// The distribution of Python.
    Python,
    /// The documents for a schema registry.
    Registry,
}

impl Package {
    /// All packages.
    pub const ALL: [Package; 4] = [
        Package::Rust,
        Package::TypeScript,
        Package::Python,
        Package::Registry,
    ];

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Package::Rust => "rust",
            Package::TypeScript => "typescript",
            Package::Python => "python",
            Package::Registry => "registry",
        }
    }
}

/// What a change does to those who use a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing that a compiler sees.
    None,
    /// There is more; what was written compiles.
    Additive,
    /// Something that was written no longer compiles, or means something else.
    Breaking,
}

/// Which number of a version rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// None: there is nothing to release.
    None,
    /// The last.
    Patch,
    /// The one in the middle.
    Minor,
    /// The first.
    Major,
}

impl Bump {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

impl Bump {
    /// The version after a version.
    pub fn next(self, version: &str) -> Option<String> {
        next_version(version, self)
    }
}

impl Effect {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Effect::None => "none",
            Effect::Additive => "additive",
            Effect::Breaking => "breaking",
        }
    }

    /// Which number of a version rises. Before 1.0 cargo and npm take the second number for the first, and pip takes
    /// none for anything, so that all three are served by it.
    pub fn bump(self, version: &str) -> Bump {
        let early = version.starts_with("0.");
        match (self, early) {
            (Effect::None, _) => Bump::None,
            (Effect::Additive, true) => Bump::Patch,
            (Effect::Additive, false) | (Effect::Breaking, true) => Bump::Minor,
            (Effect::Breaking, false) => Bump::Major,
        }
    }
}

/// The version after a version; what stands before a release becomes that release.
pub(super) fn next_version(version: &str, bump: Bump) -> Option<String> {
    let (release, before) = match version.split_once('-') {
        Some((release, before)) => (release, Some(before)),
        None => (version, None),
    };
    let numbers: Vec<u64> = release
        .split('.')
        .map(|it| it.parse().ok())
        .collect::<Option<_>>()?;
    let [major, minor, patch] = numbers[..] else {
        return None;
    };
    if before.is_some() && bump != Bump::None {
        return Some(release.to_owned());
    }
    Some(match bump {
        Bump::None => version.to_owned(),
        Bump::Patch => format!("{major}.{minor}.{}", patch + 1),
        Bump::Minor => format!("{major}.{}.0", minor + 1),
        Bump::Major => format!("{}.0.0", major + 1),
    })
}

impl What {
    /// What it does to those who use a package.
    pub fn effect(&self, package: Package) -> Effect {
        use Package::{Python, Registry, Rust, TypeScript};
        match (self, package) {
            // Who writes a whole event in one go has to write it too; in Rust nobody does.
            (What::Added { required: true }, TypeScript | Python) => Effect::Breaking,
            // All events are an open union, also those that a version knows: what goes through them says what becomes of
            // others. Lists of what a version knows, `DetailType` and `Known…`, say of themselves that they grow.
            (What::Added { .. } | What::DocumentedAgain, _) => Effect::Additive,
            (What::Removed, _) => Effect::Breaking,
            (What::Renamed { stays: true, .. }, _) => Effect::Additive,
            (What::Renamed { .. }, _) => Effect::Breaking,
            (What::NameChanged { .. }, Registry) => Effect::None,
            (What::NameChanged { .. }, _) => Effect::Breaking,
            (What::Retyped { from, to }, package) => retyped(from, to, package),
            (What::Required, Rust) => Effect::Breaking,
            (What::Required, _) => Effect::Additive,
            (What::Optional, _) => Effect::Breaking,
            (What::ValueAdded(_), _) => Effect::Additive,
            (What::ValueRemoved(_), Rust | TypeScript | Python) => Effect::Breaking,
            (What::ValueRemoved(_), Registry) => Effect::Additive,
            (What::NoLongerDocumented | What::ValueNoLongerDocumented(_), _) => Effect::Additive,
            (What::WireForms { .. }, Registry) => Effect::Additive,
            (What::WireForms { .. } | What::Condition | What::Described, _) => Effect::None,
            (What::RoleMoved { .. }, Registry) => Effect::None,
            (What::RoleMoved { .. }, _) => Effect::Breaking,
        }
    }
}

/// Words are text for TypeScript and Python once they are known; that they no longer are takes away the list of them. For
/// Rust they are a type of their own.
fn retyped(from: &str, to: &str, package: Package) -> Effect {
    let bare = to.replace("open enum", "string");
    match package {
        Package::TypeScript | Package::Python if from == bare => Effect::Additive,
        _ => Effect::Breaking,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What compilers said of consumers that read, build, match exhaustively and import: whether each of the three
    /// languages breaks. Our verdict is never weaker.
    #[test]
    fn no_verdict_is_weaker_than_that_of_compilers() {
        let retyped = |from: &str, to: &str| What::Retyped {
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let text = String::new;
        let forms = || What::WireForms {
            added: vec![text()],
            removed: vec![],
        };
        let named = || What::NameChanged {
            from: text(),
            to: text(),
        };
        let renamed = |stays| What::Renamed {
            from: text(),
            stays,
        };
        let moved = || What::RoleMoved {
            role: text(),
            from: text(),
            to: None,
        };
        for (what, breaks) in [
            (What::Added { required: false }, [false, false, false]),
            (What::Added { required: true }, [false, true, true]),
            (What::Removed, [true, true, true]),
            (What::Required, [true, false, false]),
            (What::Optional, [true, true, true]),
            (retyped("string", "integer"), [true, true, true]),
            (retyped("string", "object"), [true, true, true]),
            (retyped("string", "timestamp"), [true, true, true]),
            (retyped("string", "string or integer"), [true, true, true]),
            (retyped("string", "open enum"), [true, false, false]),
            (retyped("open enum", "string"), [true, true, true]),
            (What::ValueAdded(text()), [false, false, false]),
            (What::ValueRemoved(text()), [true, true, true]),
            (forms(), [false, false, false]),
            (named(), [true, true, true]),
            (What::Added { required: false }, [false, false, false]),
            (What::Removed, [true, true, true]),
            (renamed(false), [true, true, true]),
            (renamed(true), [false, false, false]),
            (moved(), [true, true, true]),
        ] {
            let packages = [Package::Rust, Package::TypeScript, Package::Python];
            for (package, breaks) in packages.into_iter().zip(breaks) {
                let breaking = what.effect(package) == Effect::Breaking;
                assert_eq!(breaking, breaks, "{what:?} {package:?}");
            }
        }
    }

    #[test]
    fn versions_rise_as_cargo_and_npm_read_them() {
        for (version, effect, next) in [
            ("0.1.0", Effect::Breaking, "0.2.0"),
            ("0.1.4", Effect::Additive, "0.1.5"),
            ("1.2.3", Effect::Additive, "1.3.0"),
            ("1.2.3", Effect::Breaking, "2.0.0"),
            ("1.2.3", Effect::None, "1.2.3"),
            ("2.0.0-rc.1", Effect::Breaking, "2.0.0"),
        ] {
            let found = next_version(version, effect.bump(version));
            assert_eq!(found.as_deref(), Some(next), "{version} {effect:?}");
        }
        assert_eq!(next_version("1.2", Bump::Major), None);
    }
}
