//! `manifest.json`: what was run, from which inputs, how far it came, and how long it took where.
//!
//! It is the only file of a result folder that knows of time, threads and machine; everything else is the
//! same bytes on every run. A run that is resumed adds a session, because it may go on with other
//! threads or on another machine.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::atomic_file;
use super::build::Build;
use super::checksum::{sha256, sha256_of_file};
use super::folder::{ResultFolder, Status};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::messages;

/// The name of the file.
pub(crate) const FILE: &str = "manifest.json";

/// Everything that is known about a run beside its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The name of the program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The build that began the run.
    #[serde(default)]
    pub build: Build,
    /// How far the run has come. A run that was killed still says `running`.
    pub status: Status,
    /// Why it was interrupted or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The words of the command line.
    pub command: Vec<String>,
    /// The master seed.
    pub seed: u64,
    /// Every scenario of the run.
    pub scenarios: Vec<ScenarioRecord>,
    /// Every file that was read, with its sha256.
    pub inputs: Vec<InputFile>,
    /// What the intervals of a comparison are; none for a run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Intervals>,
    /// One entry each time the run was begun or resumed.
    pub sessions: Vec<Session>,
}

/// Level and kind of all intervals in a folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intervals {
    /// Probability with which an interval covers the truth.
    pub level: f64,
    /// `t` or `bootstrap`.
    pub method: String,
}

/// A scenario as it was written and as it was understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioRecord {
    /// Its name, as in the column `scenario`.
    pub name: String,
    /// The file, word for word.
    pub text: String,
    /// sha256 of the text.
    pub sha256: String,
    /// Every value after defaults and changes on the command line.
    pub resolved: serde_json::Value,
}

impl ScenarioRecord {
    /// A scenario and its values; the values must be such as JSON can hold.
    pub fn new(name: &str, text: &str, resolved: &impl Serialize) -> Result<ScenarioRecord> {
        let resolved = serde_json::to_value(resolved).map_err(|e| Error::Data {
            what: messages::values_of_scenario(name),
            found: messages::as_is(e),
            expected: messages::values_json_holds(),
        })?;
        Ok(ScenarioRecord {
            name: name.to_string(),
            text: text.to_string(),
            sha256: sha256(text.as_bytes()),
            resolved,
        })
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Its path as the scenario or the command line names it.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// Its sha256 in hexadecimal.
    pub sha256: String,
}

impl InputFile {
    /// A file with its length and checksum. `name` is how the user called it; `path` is where it is.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(name: &Path, path: &Path) -> Result<InputFile> {
        let (bytes, sha256) = sha256_of_file(path)?;
        Ok(InputFile { path: name.display().to_string(), bytes, sha256 })
    }
}

/// One stretch of a run in one process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// The checkpoint it went on from, none for a run from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumed_from: Option<String>,
    /// When it began, in UTC by RFC 3339.
    pub started: String,
    /// When it ended; none if it was killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// How long it took.
    pub duration_seconds: f64,
    /// Threads that moved agents.
    pub threads: usize,
    /// Where it ran.
    pub machine: Machine,
    /// The most memory the process ever held, where the system tells (VmHWM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_resident_bytes: Option<u64>,
    /// Where the time went.
    pub phases: Vec<PhaseTime>,
}

/// A computer, as far as it matters for speed. It has no name here: results are published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// `linux`, `macos`, `windows`.
    pub system: String,
    /// `x86_64`, `aarch64`.
    pub architecture: String,
    /// The model of the processor, where the system tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processor: Option<String>,
    /// Processors this process may use at once.
    pub processors: usize,
    /// Memory in all, where the system tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_bytes: Option<u64>,
}

impl Machine {
    /// The computer this runs on.
    pub fn here() -> Machine {
        let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        Machine {
            system: std::env::consts::OS.to_string(),
            architecture: std::env::consts::ARCH.to_string(),
            processor: value_of(&cpuinfo, "model name").map(str::to_string),
            processors: std::thread::available_parallelism().map_or(1, usize::from),
            memory_bytes: value_of(&meminfo, "MemTotal").and_then(kilobytes),
        }
    }
}

/// The time that one phase of the year took over a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhaseTime {
    /// The name of the phase.
    pub phase: String,
    /// Seconds over all years.
    pub seconds: f64,
    /// Agents times years that went through it.
    pub agent_steps: u64,
    /// Agents times years in a second; none for a phase that took no measurable time.
    pub agent_steps_per_second: Option<f64>,
}

impl PhaseTime {
    /// A phase with the time it took and the agent-years it handled.
    pub fn new(phase: &str, time: Duration, agent_steps: u64) -> PhaseTime {
        let seconds = time.as_secs_f64();
        let agent_steps_per_second = (seconds > 0.0).then(|| (agent_steps as f64 / seconds).round());
        PhaseTime { phase: phase.to_string(), seconds, agent_steps, agent_steps_per_second }
    }
}

impl Manifest {
    /// The manifest of a run that begins now.
    pub fn new(command: Vec<String>, seed: u64) -> Manifest {
        Manifest {
            program: env!("CARGO_PKG_NAME").to_string(),
            version: env!("CARGO_PKG_VERSION").to_string(),
            build: Build::here(),
            status: Status::Running,
            message: None,
            command,
            seed,
            scenarios: Vec::new(),
            inputs: Vec::new(),
            intervals: None,
            sessions: Vec::new(),
        }
    }

    /// The manifest in a folder of results, to be gone on with or reported.
    pub fn read(folder: impl AsRef<Path>) -> Result<Manifest> {
        let folder = folder.as_ref();
        let path = folder.join(FILE);
        let text = std::fs::read_to_string(&path).map_err(|e| Error::io(messages::io_read(), &path, e))?;
        serde_json::from_str(&text).map_err(|e| Error::Results {
            path: folder.to_path_buf(),
            reason: messages::manifest_unreadable(FILE, e),
        })
    }

    /// Notes a file that was read. `name` is how the user called it; `path` is where it is.
    pub fn input(&mut self, name: impl AsRef<Path>, path: impl AsRef<Path>) -> Result<()> {
        self.inputs.push(InputFile::read(name.as_ref(), path.as_ref())?);
        Ok(())
    }

    /// Begins a session: the run is under way, with so many threads, from the start or from a checkpoint.
    pub fn begin(&mut self, threads: usize, resumed_from: Option<&str>, clock: Clock) -> SessionClock {
        self.begin_at(clock.elapsed(), threads, resumed_from, clock)
    }

    /// The same of a session that began when the clock said this.
    pub(crate) fn begin_at(
        &mut self,
        start: Duration,
        threads: usize,
        resumed_from: Option<&str>,
        clock: Clock,
    ) -> SessionClock {
        self.status = Status::Running;
        self.message = None;
        self.sessions.push(Session {
            resumed_from: resumed_from.map(str::to_string),
            started: utc(clock.date().saturating_sub(clock.since(start))),
            ended: None,
            duration_seconds: 0.0,
            threads,
            machine: Machine::here(),
            peak_resident_bytes: None,
            phases: Vec::new(),
        });
        SessionClock { clock, start }
    }

    /// Brings the session under way up to date, so that a killed run tells how far it came.
    pub fn update(&mut self, clock: &SessionClock, phases: Vec<PhaseTime>) {
        if let Some(session) = self.sessions.last_mut() {
            session.duration_seconds = clock.elapsed().as_secs_f64();
            session.peak_resident_bytes = peak_resident_bytes();
            session.phases = phases;
        }
    }

    /// Ends the session and says how.
    pub fn end(
        &mut self,
        clock: &SessionClock,
        phases: Vec<PhaseTime>,
        status: Status,
        message: Option<String>,
    ) {
        self.update(clock, phases);
        self.status = status;
        self.message = message;
        if let Some(session) = self.sessions.last_mut() {
            session.ended = Some(utc(clock.clock.date()));
        }
    }

    /// Writes the manifest; a reader never sees half of it.
    pub fn write(&self, folder: &mut ResultFolder) -> Result<()> {
        let path = folder.file(FILE)?;
        let mut text =
            serde_json::to_vec_pretty(self).map_err(|e| Error::io(messages::io_write(), &path, e.into()))?;
        text.push(b'\n');
        atomic_file::write(path, &text)
    }
}

/// Measures a session; it is no part of the manifest because it cannot outlive the process.
#[derive(Clone, Debug)]
pub struct SessionClock {
    clock: Clock,
    start: Duration,
}

impl SessionClock {
    /// Time since the session began.
    pub fn elapsed(&self) -> Duration {
        self.clock.since(self.start)
    }
}

/// The most memory this process ever held, where the system tells.
pub(crate) fn peak_resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    value_of(&status, "VmHWM").and_then(kilobytes)
}

/// The value of the first line `name : value` of a text of the kernel.
fn value_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim() == name)
        .map(|(_, v)| v.trim())
}

/// `123 kB` in bytes.
fn kilobytes(value: &str) -> Option<u64> {
    value.strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// A moment in UTC by RFC 3339, to the second, from the time since the beginning of 1970.
fn utc(date: Duration) -> String {
    let seconds = date.as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Days since 1 March of the year 0, whose years end with the leap day.
    let day = days + 719_468;
    let era = day / 146_097;
    let of_era = day % 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day_of_month:02}T{:02}:{:02}:{:02}Z",
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> String {
        utc(Duration::from_secs(seconds))
    }

    #[test]
    fn moments_are_those_of_the_calendar() {
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(951_868_800), "2000-03-01T00:00:00Z");
        assert_eq!(at(1_704_067_199), "2023-12-31T23:59:59Z");
        assert_eq!(at(1_735_689_600), "2025-01-01T00:00:00Z");
        assert_eq!(at(4_107_542_400), "2100-03-01T00:00:00Z");
    }

    #[test]
    fn a_manifest_reads_back_as_written() {
        let place = tempfile::tempdir().unwrap();
        let mut folder = ResultFolder::create(place.path().join("run"), false).unwrap();
        let input = place.path().join("nodes.csv");
        std::fs::write(&input, "abc").unwrap();

        let mut manifest = Manifest::new(vec!["shanhai".into(), "run".into()], u64::MAX);
        let values = serde_json::json!({ "share": 0.1, "years": [2020, 2035] });
        manifest.scenarios.push(ScenarioRecord::new("baseline", "title = \"山海\"\n", &values).unwrap());
        manifest.input("zhejiang/nodes.csv", &input).unwrap();
        let clock = manifest.begin(2, None, Clock::STOPPED);
        manifest.write(&mut folder).unwrap();
        let killed = Manifest::read(folder.path()).unwrap();
        assert_eq!((killed.status, &killed.sessions[0].ended), (Status::Running, &None));

        let phases = vec![
            PhaseTime::new("move", Duration::from_millis(500), 1_000_000),
            PhaseTime::new("audit", Duration::ZERO, 0),
        ];
        let reason = Some("interrupted after 2027".to_string());
        manifest.end(&clock, phases.clone(), Status::Interrupted, reason);
        manifest.write(&mut folder).unwrap();
        let mut read = Manifest::read(folder.path()).unwrap();
        assert_eq!(read, manifest);
        assert_eq!(read.sessions[0].phases[0].agent_steps_per_second, Some(2e6));
        assert_eq!(read.sessions[0].phases[1].agent_steps_per_second, None);
        assert_eq!(read.inputs[0].bytes, 3);

        let clock = read.begin(8, Some("checkpoint_2027.shanhai"), Clock::STOPPED);
        assert_eq!((read.status, read.message.as_ref()), (Status::Running, None));
        read.end(&clock, phases, Status::Finished, None);
        read.write(&mut folder).unwrap();
        let text = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(text.contains("\"status\": \"finished\"") && text.ends_with("}\n"), "{text}");
        assert!(text.contains(&u64::MAX.to_string()), "the seed is exact");
        assert_eq!(Manifest::read(folder.path()).unwrap().sessions.len(), 2);
    }

    #[test]
    fn a_manifest_that_cannot_be_read_says_why() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Manifest::read(folder.path()).unwrap_err().to_string().contains(FILE));
        std::fs::write(folder.path().join(FILE), "{ \"program\": 1").unwrap();
        let error = Manifest::read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }

    #[test]
    fn the_words_of_the_kernel_are_understood() {
        let text = "processor\t: 0\nmodel name\t: A Processor @ 2.0GHz\nmodel name\t: B\nVmHWM:\t  123 kB\n";
        assert_eq!(value_of(text, "model name"), Some("A Processor @ 2.0GHz"));
        assert_eq!(value_of(text, "VmHWM").and_then(kilobytes), Some(125_952));
        assert_eq!(value_of(text, "VmPeak"), None);
        assert_eq!(kilobytes("many"), None);
        #[cfg(target_os = "linux")]
        assert!(peak_resident_bytes().is_some_and(|bytes| bytes > 100_000));
    }
}
