//! Plain loops, compiled once for any processor and once for one with vectors of 512 bits.
//!
//! What a loop computes is the same either way: integers, and floats whose operations keep their order.

/// Whether the processor multiplies eight 64-bit words and compares their lanes at once.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn wide() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("popcnt")
        && is_x86_feature_detected!("lzcnt")
}

/// Work that may be compiled for the widest vectors.
pub trait Work {
    /// What is returned.
    type Output;

    /// Does the work. Implementations are `#[inline(always)]`, and so is what they call: only what is inlined is
    /// compiled anew. (A closure cannot promise that, so this is a trait.)
    fn run(self) -> Self::Output;
}

/// Does the work, compiled for the widest vectors that this processor has.
#[inline]
pub fn widest<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    if wide() {
        // SAFETY: `wide` found the features that `run_wide` is compiled for.
        return unsafe { run_wide(work) };
    }
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt,lzcnt")]
fn run_wide<W: Work>(work: W) -> W::Output {
    work.run()
}
