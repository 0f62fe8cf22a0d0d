//! Numbers a periodical is known by: ISSN, CN, and the bar code that is made of the ISSN.
//!
//! In: what an editor wrote. Out: checked numbers, or the reason why they are none. Nothing is
//! ever made up: a periodical without them goes without.

use std::fmt;

/// 国际标准连续出版物号 (ISO 3297): eight digits, the last a check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issn([u8; 8]);

/// Why a number cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// It does not look like an ISSN.
    #[error("an ISSN has the form 1234-5679")]
    IssnForm,
    /// Its check digit is another one.
    #[error("check digit is {0}")]
    IssnCheck(char),
    /// It does not look like a CN.
    #[error("a CN has the form CN42-1234/D: CN, a region of two digits, a serial of four, a class")]
    CnForm,
    /// No periodical has such a serial.
    #[error("the serial of a CN is from 1000 to 9999 for periodicals; 0001 to 0999 are newspapers")]
    CnSerial,
}

impl Issn {
    /// Reads `1234-5679`, with or without `ISSN` before it.
    ///
    /// # Errors
    /// [`NumberError::IssnForm`], or [`NumberError::IssnCheck`] with the digit that it should end
    /// with (modulus 11, weights 8 to 2; ISO 3297 annex A).
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let text = text.strip_prefix("ISSN").map_or(text, str::trim_start);
        let (left, right) = text.split_once('-').ok_or(NumberError::IssnForm)?;
        if left.len() != 4 || right.len() != 4 {
            return Err(NumberError::IssnForm);
        }
        let digit = |(at, c): (usize, char)| match c {
            '0'..='9' => Ok(c as u8 - b'0'),
            'X' | 'x' if at == 7 => Ok(10),
            _ => Err(NumberError::IssnForm),
        };
        let chars = left.chars().chain(right.chars()).enumerate();
        let digits = chars.map(digit).collect::<Result<Vec<u8>, _>>()?;
        let digits: [u8; 8] = digits.try_into().map_err(|_| NumberError::IssnForm)?;
        let sum: u32 = digits.iter().zip((2..=8).rev()).map(|(d, w)| u32::from(*d) * w).sum();
        let check = (11 - sum % 11) % 11;
        if u32::from(digits[7]) != check {
            let check = char::from_digit(check, 10).unwrap_or('X');
            return Err(NumberError::IssnCheck(check));
        }
        Ok(Self(digits))
    }

    /// The thirteen digits of its bar code: 977, the first seven of the ISSN, the variant 00, a
    /// check digit (GB/T 16827, EAN-13).
    #[must_use]
    pub fn ean(&self) -> String {
        let mut digits = vec![9, 7, 7];
        digits.extend_from_slice(&self.0[..7]);
        digits.extend([0, 0]);
        let sum: u32 =
            digits.iter().enumerate().map(|(at, d)| u32::from(*d) * [1, 3][at % 2]).sum();
        let check = u8::try_from((10 - sum % 10) % 10).unwrap_or(0);
        digits.push(check);
        digits.iter().map(|digit| char::from(b'0' + digit)).collect()
    }
}

impl fmt::Display for Issn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, digit) in self.0.iter().enumerate() {
            let dash = if at == 4 { "-" } else { "" };
            let digit = char::from_digit(u32::from(*digit), 10).unwrap_or('X');
            write!(f, "{dash}{digit}")?;
        }
        Ok(())
    }
}

/// 国内统一连续出版物号 (GB/T 9999): `CN42-1234/D`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cn {
    text: String,
    serial: u16,
}

impl Cn {
    /// Reads `CN42-1234/D`; the class may be missing.
    ///
    /// # Errors
    /// [`NumberError::CnForm`], or [`NumberError::CnSerial`] for that of a newspaper.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let rest = text.strip_prefix("CN").ok_or(NumberError::CnForm)?.trim_start();
        let (number, class) = rest.split_once('/').unwrap_or((rest, "A"));
        let (region, serial) = number.split_once('-').ok_or(NumberError::CnForm)?;
        let digits = |part: &str, count| {
            part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let classed = (1..=4).contains(&class.len())
            && class.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !digits(region, 2) || !digits(serial, 4) || !classed {
            return Err(NumberError::CnForm);
        }
        let serial: u16 = serial.parse().map_err(|_| NumberError::CnForm)?;
        if serial < 1000 {
            return Err(NumberError::CnSerial);
        }
        Ok(Self { text: format!("CN {rest}"), serial })
    }

    /// Whether it is the number of a periodical that appears online, 6000 to 8999.
    #[must_use]
    pub const fn is_online(&self) -> bool {
        self.serial >= 6000 && self.serial < 9000
    }
}

impl fmt::Display for Cn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The two digits beside the bar code: the issue, `04` for 4, the first of a double issue.
#[must_use]
pub fn add_on(number: &str) -> Option<String> {
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    let number: u32 = digits.parse().ok()?;
    Some(format!("{:02}", number % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issn_is_checked() {
        // PG11 of the acceptance table; 0317-8471 and 1050-124X are the examples of ISO 3297.
        for good in ["1234-5679", "ISSN 1234-5679", "0317-8471", "1050-124X"] {
            assert!(Issn::parse(good).is_ok(), "{good}");
        }
        assert_eq!(Issn::parse("1234-5678"), Err(NumberError::IssnCheck('9')));
        assert_eq!(Issn::parse("1050-1240"), Err(NumberError::IssnCheck('X')));
        for bad in ["", "12345679", "1234-567", "12X4-5679", "１２３４-5679"] {
            assert_eq!(Issn::parse(bad), Err(NumberError::IssnForm), "{bad}");
        }
        assert_eq!(Issn::parse("1050-124x").unwrap().to_string(), "1050-124X");
    }

    #[test]
    fn its_bar_code_has_a_check_digit_of_its_own() {
        assert_eq!(Issn::parse("1234-5679").unwrap().ean(), "9771234567003");
        assert_eq!(Issn::parse("0317-8471").unwrap().ean(), "9770317847001");
    }

    #[test]
    fn a_cn_is_checked() {
        assert_eq!(Cn::parse("CN11-1234/D").unwrap().to_string(), "CN 11-1234/D");
        assert!(!Cn::parse("CN 42-1234/D0").unwrap().is_online());
        assert!(Cn::parse("CN11-7772/R").unwrap().is_online());
        assert_eq!(Cn::parse("CN11-0123/D"), Err(NumberError::CnSerial));
        for bad in ["11-1234/D", "CN1-1234/D", "CN11-123/D", "CN11-1234/", "CN11-1234/d"] {
            assert_eq!(Cn::parse(bad), Err(NumberError::CnForm), "{bad}");
        }
    }

    #[test]
    fn the_add_on_is_the_issue() {
        assert_eq!(add_on("4").as_deref(), Some("04"));
        assert_eq!(add_on("9-10").as_deref(), Some("09"));
        assert_eq!(add_on("特刊"), None);
    }
}
