//! Pictures of the report: drawings in the page itself, coloured by its style sheet.
//!
//! In: numbers and labels of our own. Out: SVG. Texts from lists or users never enter a picture.

use cordon_evaluation::{Point, Share};
use std::fmt::Write as _;

/// Size of a chart and of the margins that hold its scales.
const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 40.0;

/// A line of a chart: class, label, value at each threshold.
pub(super) struct Line {
    pub(super) class: &'static str,
    pub(super) label: &'static str,
    pub(super) value: fn(&Point) -> f64,
}

/// A chart over thresholds from 0 to `most`, with steps of the scale at `ticks`.
pub(super) fn chart(points: &[Point], lines: &[Line], threshold: f64, ticks: &[f64], unit: &str) -> String {
    let most = ticks.last().copied().unwrap_or(1.0).max(1e-9);
    let (first, last) = (0.5, 1.0);
    let x = |value: f64| LEFT + (value - first) / (last - first) * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - value.min(most) / most * (HEIGHT - TOP - BOTTOM);
    let mut svg = format!("<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">");
    for tick in ticks {
        let place = y(*tick);
        push(
            &mut svg,
            format_args!(
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{place:.1}\" y2=\"{place:.1}\"/>",
                WIDTH - RIGHT
            ),
        );
        push(
            &mut svg,
            format_args!(
                "<text class=\"scale end\" x=\"{:.1}\" y=\"{:.1}\">{}{unit}</text>",
                LEFT - 6.0,
                place + 4.0,
                number(*tick)
            ),
        );
    }
    for tenth in 5..=10 {
        let value = f64::from(tenth) / 10.0;
        push(
            &mut svg,
            format_args!(
                "<text class=\"scale middle\" x=\"{:.1}\" y=\"{:.1}\">{value:.1}</text>",
                x(value),
                HEIGHT - BOTTOM + 16.0
            ),
        );
    }
    push(
        &mut svg,
        format_args!(
            "<text class=\"scale middle\" x=\"{:.1}\" y=\"{:.1}\">threshold</text>",
            x(0.75),
            HEIGHT - 6.0
        ),
    );
    push(
        &mut svg,
        format_args!(
            "<line class=\"chosen\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{TOP}\" y2=\"{1:.1}\"/>",
            x(threshold),
            HEIGHT - BOTTOM
        ),
    );
    for line in lines {
        let places: Vec<String> = points
            .iter()
            .map(|point| format!("{:.1},{:.1}", x(point.threshold), y((line.value)(point))))
            .collect();
        push(
            &mut svg,
            format_args!("<polyline class=\"line {}\" points=\"{}\"/>", line.class, places.join(" ")),
        );
    }
    svg.push_str("</svg>");
    legend(&mut svg, lines);
    svg
}

fn legend(html: &mut String, lines: &[Line]) {
    html.push_str("<p class=\"legend\">");
    for line in lines {
        push(html, format_args!("<span class=\"{}\">{}</span> ", line.class, line.label));
    }
    html.push_str("</p>");
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// Steps of a scale from 0 to at least `most`: 1, 2 or 5 times a power of ten, about four of them.
pub(super) fn ticks(most: f64) -> Vec<f64> {
    let most = most.max(0.2);
    let rough = most / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|part| part * power).find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    (0..=6).map(|index| f64::from(index) * step).take_while(|tick| *tick < most + step).collect()
}

/// Length of the scale of a picture in a table.
const LENGTH: f64 = 200.0;

/// A share as a dot with its interval, on a scale from 0 to 1.
pub(super) fn interval(share: Share, class: &str) -> String {
    let Some(middle) = share.share else { return String::new() };
    let x = |value: f64| 6.0 + value * LENGTH;
    format!(
        "<svg class=\"interval {class}\" viewBox=\"0 0 212 14\" aria-hidden=\"true\"><line class=\"grid\" x1=\"6\" x2=\"206\" y1=\"7\" y2=\"7\"/><line class=\"range\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"7\" y2=\"7\"/><circle cx=\"{:.1}\" cy=\"7\" r=\"4\"/></svg>",
        x(share.low),
        x(share.high),
        x(middle)
    )
}

/// A value as a bar with its interval as a thinner one, on a scale from 0 to `most`.
pub(super) fn bar(share: Share, most: f64) -> String {
    let length = |value: f64| (value / most.max(1e-9)).min(1.0) * LENGTH;
    let (middle, high) = (length(share.share.unwrap_or(0.0)), length(share.high));
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 206 14\" aria-hidden=\"true\"><rect x=\"0\" y=\"2\" width=\"{middle:.1}\" height=\"10\"/><line class=\"range\" x1=\"{:.1}\" x2=\"{high:.1}\" y1=\"7\" y2=\"7\"/></svg>",
        length(share.low)
    )
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_evaluation::Count;

    #[test]
    fn scales_are_round_and_reach_the_top() {
        for (most, expected) in [
            (100.0, vec![0.0, 50.0, 100.0]),
            (3.4, vec![0.0, 1.0, 2.0, 3.0, 4.0]),
            (32.0, vec![0.0, 10.0, 20.0, 30.0, 40.0]),
        ] {
            assert_eq!(ticks(most), expected, "{most}");
        }
        assert!(ticks(0.0).len() > 1);
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let share = |hits, cases| Share::from(Count { cases, hits });
        assert!(interval(share(0, 10), "x").contains("x1=\"6.0\""));
        assert!(bar(share(9, 10), 0.1).contains("width=\"200.0\""));
        assert_eq!(interval(share(0, 0), "x"), "");
    }
}
