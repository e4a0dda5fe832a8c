//! The sizes Fargate offers (AWS, "Fargate task definition considerations", looked up 2026-11; Linux and Windows alike
//! from 1 vCPU on, the two smallest for Linux only).

/// One CPU size and the memory that goes with it, in MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    /// CPU units: 1024 to a vCPU.
    pub cpu: u32,
    first: u32,
    last: u32,
    step: u32,
}

const fn size(cpu: u32, first: u32, last: u32, step: u32) -> Size {
    Size {
        cpu,
        first,
        last,
        step,
    }
}

const GIB: u32 = 1024;

pub(super) const SIZES: [Size; 7] = [
    size(256, 512, 2 * GIB, 512),
    size(512, GIB, 4 * GIB, GIB),
    size(1024, 2 * GIB, 8 * GIB, GIB),
    size(2048, 4 * GIB, 16 * GIB, GIB),
    size(4096, 8 * GIB, 30 * GIB, GIB),
    size(8192, 16 * GIB, 60 * GIB, 4 * GIB),
    size(16384, 32 * GIB, 120 * GIB, 8 * GIB),
];

impl Size {
    /// Whether Fargate offers that much memory with this CPU size.
    pub fn takes(&self, memory: u32) -> bool {
        let listed = self.cpu != 256 || [512, GIB, 2 * GIB].contains(&memory);
        listed
            && (self.first..=self.last).contains(&memory)
            && (memory - self.first).is_multiple_of(self.step)
    }

    /// The memory it takes, in words.
    pub fn words(&self) -> String {
        match self.cpu {
            256 => "512, 1024 or 2048 MiB".to_owned(),
            _ => format!(
                "{} to {} MiB in steps of {}",
                self.first, self.last, self.step
            ),
        }
    }
}

/// CPU units of `256`, `.25 vCPU`, `1 vcpu`.
pub(super) fn cpu_units(text: &str) -> Option<u32> {
    scaled(text, "vcpu")
}

/// MiB of `512`, `0.5 GB`, `1GB`.
pub(super) fn mebibytes(text: &str) -> Option<u32> {
    scaled(text, "gb")
}

/// A plain number, or one with a unit of 1024. Fractions are taken apart by hand: no rounding.
fn scaled(text: &str, unit: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    let Some(number) = text.strip_suffix(unit) else {
        return text.parse().ok();
    };
    let (whole, fraction) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
    let whole: u32 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let parts: u64 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let base = 10_u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let small = u32::try_from(parts.checked_mul(1024)? / base).ok()?;
    whole.checked_mul(1024)?.checked_add(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(cpu: u32, memory: u32) -> bool {
        SIZES
            .iter()
            .any(|size| size.cpu == cpu && size.takes(memory))
    }

    #[test]
    fn fargate_offers_these_pairs() {
        for (cpu, memory) in [
            (256, 512),
            (256, 1024),
            (256, 2048),
            (512, 1024),
            (512, 4096),
            (1024, 2048),
            (1024, 8192),
            (2048, 4096),
            (2048, 16384),
            (4096, 8192),
            (4096, 30720),
            (8192, 16384),
            (8192, 20480),
            (8192, 61440),
            (16384, 32768),
            (16384, 122_880),
        ] {
            assert!(offered(cpu, memory), "{cpu}/{memory}");
        }
    }

    #[test]
    fn fargate_does_not_offer_these() {
        for (cpu, memory) in [
            (256, 1536),
            (256, 4096),
            (512, 512),
            (512, 1536),
            (1024, 1024),
            (4096, 31744),
            (8192, 17408),
            (16384, 36864),
            (128, 512),
            (300, 512),
        ] {
            assert!(!offered(cpu, memory), "{cpu}/{memory}");
        }
    }

    #[test]
    fn a_size_may_be_written_with_its_unit() {
        for text in ["256", ".25 vCPU", "0.25vcpu", " 0.250 vCPU "] {
            assert_eq!(cpu_units(text), Some(256), "{text}");
        }
        for text in ["512", "0.5 GB", "0.5gb"] {
            assert_eq!(mebibytes(text), Some(512), "{text}");
        }
        assert_eq!(mebibytes("30 GB"), Some(30720));
        assert_eq!(cpu_units("a quarter"), None);
        assert_eq!(cpu_units(""), None);
    }
}
