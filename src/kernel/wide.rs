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

/// Does `work`, compiled for the widest vectors that this processor has. What `work` calls takes part in this only
/// as far as it is inlined.
#[inline]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if wide() {
        // SAFETY: `wide` found the features that `with_wide` is compiled for.
        return unsafe { with_wide(work) };
    }
    work()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,popcnt,lzcnt")]
fn with_wide<R>(work: impl FnOnce() -> R) -> R {
    work()
}
