//! Time as the caller tells it. The library never asks the machine: a clock panics where there is none
//! (WebAssembly), and no number of a run depends on one.

use std::time::Duration;

/// Two functions of the caller. The program hands over the clocks of the machine; without any, every time is
/// zero.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    elapsed: fn() -> Duration,
    date: fn() -> Duration,
}

impl Clock {
    /// A clock that stands still.
    pub const STOPPED: Clock = Clock { elapsed: || Duration::ZERO, date: || Duration::ZERO };

    /// `elapsed` is the time since any fixed moment and never goes back; `date` is the time since the beginning
    /// of 1970, UTC.
    pub const fn new(elapsed: fn() -> Duration, date: fn() -> Duration) -> Clock {
        Clock { elapsed, date }
    }

    /// Time since a fixed moment.
    pub fn elapsed(self) -> Duration {
        (self.elapsed)()
    }

    /// Time since the beginning of 1970, UTC.
    pub fn date(self) -> Duration {
        (self.date)()
    }

    /// Time since a moment at which [`elapsed`](Clock::elapsed) said this.
    pub fn since(self, moment: Duration) -> Duration {
        self.elapsed().saturating_sub(moment)
    }
}
