//! The parameters after `?` where a name may stand several times, and where unknown ones may be errors.

use crate::error::{ApiError, Code, Outcome};
use crate::screeners::short;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::str::FromStr;

/// Most parameters of a request.
const MOST: usize = 1000;

/// Names and values in the order written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Parameters as they stand after `?` or in a form.
    pub(crate) fn read(text: &[u8]) -> Outcome<Self> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text)
            .take(MOST + 1)
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        if pairs.len() > MOST {
            return Err(ApiError::bad("query", format!("at most {MOST} parameters")).limit(MOST as u64));
        }
        Ok(Self(pairs))
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The last value of a name, unless it is empty.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|pair| pair.0 == name).map(|pair| pair.1.trim());
        found.filter(|value| !value.is_empty())
    }

    /// The last value of a name as it was written, blanks and all: for passwords.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|pair| pair.0 == name).map(|pair| pair.1.as_str())
    }

    /// Every value of a name that is not empty.
    pub(crate) fn many(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.trim());
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// A value of a kind.
    pub(crate) fn parse<T: FromStr>(&self, name: &str, kind: &str) -> Outcome<Option<T>> {
        let Some(text) = self.one(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| {
            ApiError::new(Code::Malformed, format!("`{}` is not {kind}", short(text)))
                .field(&format!("query.{name}"))
        })
    }

    /// A number from 0 to 1.
    pub(crate) fn share(&self, name: &str) -> Outcome<Option<f64>> {
        let value: Option<f64> = self.parse(name, "a number")?;
        value.map(|value| share(name, value)).transpose()
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, name: &str) -> Outcome<Option<bool>> {
        match self.one(name).map(str::to_lowercase).as_deref() {
            None => Ok(None),
            Some("true" | "1" | "yes" | "on") => Ok(Some(true)),
            Some("false" | "0" | "no" | "off") => Ok(Some(false)),
            Some(other) => Err(ApiError::new(
                Code::Malformed,
                format!("`{}` is neither `true` nor `false`", short(other)),
            )
            .field(&format!("query.{name}"))),
        }
    }
}

/// A number, if it is from 0 to 1.
pub(crate) fn share(name: &str, value: f64) -> Outcome<f64> {
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    Err(ApiError::bad(name, format!("`{name}` is a number from 0 to 1")).limit(1))
}

/// A number, if it is at most so great.
pub(crate) fn at_most(name: &str, value: usize, most: usize) -> Outcome<usize> {
    if value <= most {
        return Ok(value);
    }
    Err(ApiError::bad(name, format!("`{name}` is at most {most}")).limit(most as u64))
}

impl<S: Sync> FromRequestParts<S> for Pairs {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Outcome<Self> {
        Self::read(parts.uri.query().unwrap_or_default().as_bytes())
    }
}
