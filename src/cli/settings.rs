//! Settings: flag, then environment (both through `clap`), then `lifeboat.toml`
//! found upwards, then default.

use super::Stop;
use super::args::{Color, Common, Format};
use serde::Deserialize;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The file that settings are read from.
const FILE: &str = "lifeboat.toml";

/// What holds for this call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) color: Color,
    pub(super) quiet: bool,
    pub(super) format: Format,
    pub(super) seed: Option<u64>,
    pub(super) jobs: Option<NonZeroUsize>,
    pub(super) orgs_max: Option<u64>,
    pub(super) alerts_max: Option<u64>,
    pub(super) struck_max: Option<u64>,
    /// What only `run` takes, as far as the file says it.
    pub(super) output: Option<PathBuf>,
    pub(super) filter: Option<String>,
    pub(super) verify: bool,
    pub(super) full: bool,
    /// Whether the format was asked for in this call, and not for all of them.
    pub(super) format_asked: bool,
    /// The file that was read.
    pub(super) file: Option<PathBuf>,
}

/// `lifeboat.toml`: keys as the flags.
#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    color: Option<Color>,
    quiet: Option<bool>,
    format: Option<Format>,
    seed: Option<Seed>,
    jobs: Option<NonZeroUsize>,
    orgs_max: Option<u64>,
    alerts_max: Option<u64>,
    struck_max: Option<u64>,
    output: Option<PathBuf>,
    filter: Option<String>,
    verify: Option<bool>,
    full: Option<bool>,
}

/// A seed as a number, or as a text where it is hexadecimal or very large.
#[derive(Deserialize, Debug)]
#[serde(untagged)]
enum Seed {
    Number(u64),
    Text(String),
}

impl Settings {
    /// Gathers them, looking for the file from the current folder upwards.
    pub(super) fn gather(common: &Common) -> Result<Self, String> {
        let here = std::env::current_dir().unwrap_or_default();
        let path = here
            .ancestors()
            .map(|it| it.join(FILE))
            .find(|it| it.is_file());
        let file = path.as_deref().map_or(Ok(File::default()), read)?;
        Ok(Self {
            file: path,
            ..Self::merge(common, file)?
        })
    }

    /// How many threads work: as many as asked for, else one for each core.
    pub(super) fn threads(&self) -> NonZeroUsize {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.jobs.unwrap_or_else(cores)
    }

    /// The format of a verb that knows only some.
    ///
    /// # Errors
    /// Another one was asked for. One that `lifeboat.toml` has for all calls is no
    /// reason to refuse: then people are answered.
    pub(super) fn format_of(&self, verb: &str, known: &[Format]) -> Result<Format, Stop> {
        if known.contains(&self.format) {
            return Ok(self.format);
        }
        if !self.format_asked {
            return Ok(known[0]);
        }
        let names: Vec<&str> = known.iter().map(|it| it.name()).collect();
        Err(Stop::usage(format!(
            "`{verb}` has no result in the format {}: it knows {}",
            self.format.name(),
            names.join(", ")
        )))
    }

    fn merge(common: &Common, file: File) -> Result<Self, String> {
        let from_file = match file.seed {
            Some(Seed::Number(it)) => Some(it),
            Some(Seed::Text(text)) => {
                Some(seed(&text).map_err(|it| format!("{FILE}: seed: {it}"))?)
            }
            None => None,
        };
        Ok(Self {
            color: common.color.or(file.color).unwrap_or_default(),
            quiet: common.quiet || file.quiet.unwrap_or_default(),
            format: common.format.or(file.format).unwrap_or_default(),
            seed: common.seed.or(from_file),
            jobs: common.jobs.or(file.jobs),
            orgs_max: common.orgs_max.or(file.orgs_max),
            alerts_max: common.alerts_max.or(file.alerts_max),
            struck_max: common.struck_max.or(file.struck_max),
            output: file.output,
            filter: file.filter,
            verify: file.verify.unwrap_or_default(),
            full: file.full.unwrap_or_default(),
            format_asked: common.format.is_some(),
            file: None,
        })
    }
}

fn read(path: &Path) -> Result<File, String> {
    let text = std::fs::read_to_string(path).map_err(|it| format!("{}: {it}", path.display()))?;
    toml::from_str(&text).map_err(|it| format!("{}: {}", path.display(), it.to_string().trim_end()))
}

/// A seed as people write it: decimal, or hexadecimal behind `0x`.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    let parsed = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    parsed.map_err(|_| "a seed is a whole number below 2^64, decimal or as in 0x1f".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common() -> Common {
        Common {
            color: None,
            quiet: false,
            format: None,
            seed: None,
            jobs: None,
            orgs_max: None,
            alerts_max: None,
            struck_max: None,
        }
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let file = || toml::from_str("seed = \"0xff\"\nformat = \"json\"\njobs = 3\n").unwrap();
        let settings = Settings::merge(&common(), file()).unwrap();
        assert_eq!((settings.seed, settings.format), (Some(255), Format::Json));
        assert_eq!(settings.jobs.map(NonZeroUsize::get), Some(3));
        let flags = Common {
            seed: Some(1),
            format: Some(Format::Junit),
            ..common()
        };
        let settings = Settings::merge(&flags, file()).unwrap();
        assert_eq!((settings.seed, settings.format), (Some(1), Format::Junit));
        let settings = Settings::merge(&common(), File::default()).unwrap();
        assert_eq!(
            (settings.format, settings.color),
            (Format::Human, Color::Auto)
        );
    }

    #[test]
    fn a_format_that_a_verb_does_not_know_is_refused_if_it_was_asked_for() {
        let known = [Format::Human, Format::Json];
        let of = |asked: Option<Format>, file: &str| {
            let flags = Common {
                format: asked,
                ..common()
            };
            let settings = Settings::merge(&flags, toml::from_str(file).unwrap()).unwrap();
            settings.format_of("list", &known).map_err(|it| it.message)
        };
        assert_eq!(of(Some(Format::Json), ""), Ok(Format::Json));
        assert_eq!(of(None, "format = \"json\"\n"), Ok(Format::Json));
        assert_eq!(of(None, "format = \"github\"\n"), Ok(Format::Human));
        let refused = of(Some(Format::Junit), "format = \"json\"\n").unwrap_err();
        assert!(
            refused.contains("junit") && refused.contains("human, json"),
            "{refused}"
        );
    }

    #[test]
    fn an_unknown_key_of_the_file_is_an_error() {
        assert!(toml::from_str::<File>("sead = 1\n").is_err());
        assert!(Settings::merge(&common(), toml::from_str("seed = \"x\"\n").unwrap()).is_err());
    }

    #[test]
    fn seeds_are_decimal_or_hexadecimal() {
        assert_eq!(seed("20231009"), Ok(20_231_009));
        assert_eq!(seed("0x134b361"), Ok(20_231_009));
        assert_eq!(seed("0xffffffffffffffff"), Ok(u64::MAX));
        assert!(seed("-1").is_err() && seed("0x").is_err() && seed("1e3").is_err());
    }
}
