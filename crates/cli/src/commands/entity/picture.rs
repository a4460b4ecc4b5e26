//! The picture of an entity's time on its list: where lines and marks go, in the units of the drawing.

use crate::past::{Fate, Step, Timeline};
use jiff::Unit;
use jiff::civil::Date;

const WIDTH: i32 = 960;
const LEFT: i32 = 40;
const RIGHT: i32 = WIDTH - 40;

/// Distance between rows of marks, and between marks in one row.
const ROW: i32 = 26;
const APART: i32 = 23;

/// Most rows of marks; more of them lie upon each other.
const ROWS: usize = 5;

/// Most ticks of the axis.
const TICKS: i64 = 10;

pub(super) struct Picture {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) left: i32,
    pub(super) right: i32,
    pub(super) top: i32,
    /// Top of the bars.
    pub(super) bar: i32,
    pub(super) axis: i32,
    pub(super) ticks: Vec<Tick>,
    pub(super) bars: Vec<Bar>,
    pub(super) marks: Vec<Mark>,
    pub(super) has_before: bool,
    /// The picture in words.
    pub(super) text: String,
}

pub(super) struct Tick {
    pub(super) x: i32,
    pub(super) label: String,
}

pub(super) struct Bar {
    pub(super) class: &'static str,
    pub(super) x: i32,
    pub(super) width: i32,
    pub(super) title: String,
}

pub(super) struct Mark {
    pub(super) class: &'static str,
    pub(super) number: usize,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) title: String,
}

/// The class of what becomes of an entity.
pub(super) fn class(fate: Fate) -> &'static str {
    match fate {
        Fate::FirstSeen | Fate::Listed | Fate::Relisted => "begin",
        Fate::Amended => "change",
        Fate::Delisted => "end",
    }
}

/// Days to places on the axis.
struct Scale {
    from: Date,
    days: i32,
}

impl Scale {
    fn new(from: Date, to: Date) -> Self {
        Self { from, days: days(from, to).max(1) }
    }

    fn x(&self, day: Date) -> i32 {
        let share = f64::from(days(self.from, day)) / f64::from(self.days);
        LEFT + (share.clamp(0.0, 1.0) * f64::from(RIGHT - LEFT)).round() as i32
    }

    /// Ticks at the beginnings of years, or of months where there are few.
    fn ticks(&self, to: Date) -> Vec<Tick> {
        let months = i64::from(self.days) / 30;
        let every = [1, 3, 6, 12, 24, 60, 120, 240, 600].into_iter().find(|every| months / every <= TICKS);
        let every = every.unwrap_or(1200);
        let first = i64::from(self.from.year()) * 12;
        let month = |at: i64| Date::new((at.div_euclid(12)) as i16, (at.rem_euclid(12) + 1) as i8, 1).ok();
        let label = |day: Date| {
            if every >= 12 { day.strftime("%Y").to_string() } else { day.strftime("%Y-%m").to_string() }
        };
        (0..)
            .map_while(|step| month(first + step * every).filter(|day| *day <= to))
            .filter(|day| *day >= self.from)
            .map(|day| Tick { x: self.x(day), label: label(day) })
            .collect()
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// Draws a timeline; `None` if there is nothing to draw. `official` is the authority's own day of listing.
pub(super) fn draw(timeline: &Timeline, official: Option<Date>) -> Option<Picture> {
    let (_, last) = timeline.span?;
    let first_seen = timeline.steps.first()?;
    // An authority's date is of use only where it lies before what the versions show.
    let official = official.filter(|day| first_seen.fate == Fate::FirstSeen && *day < first_seen.day);
    let from = official.unwrap_or(first_seen.day).min(first_seen.day);
    let scale = Scale::new(from, last.max(first_seen.day));
    let mut bars: Vec<Bar> =
        official.map(|day| bar(&scale, "before", day, first_seen.day)).into_iter().collect();
    let mut begun: Option<Date> = None;
    for step in &timeline.steps {
        match step.fate {
            Fate::FirstSeen | Fate::Listed | Fate::Relisted => begun = Some(step.day),
            Fate::Delisted => bars.extend(begun.take().map(|begun| bar(&scale, "sure", begun, step.day))),
            Fate::Amended => {}
        }
    }
    bars.extend(begun.map(|begun| bar(&scale, "sure", begun, last)));
    let (places, rows) = places(&scale, &timeline.steps);
    let top = 16;
    let bar_top = top + rows as i32 * ROW + 12;
    let marks = timeline.steps.iter().zip(places).enumerate().map(|(index, (step, (x, row)))| Mark {
        class: class(step.fate),
        number: index + 1,
        x,
        y: bar_top - 18 - row as i32 * ROW,
        title: format!("{} {}", step.day, step.fate.word()),
    });
    let marks: Vec<Mark> = marks.collect();
    let words: Vec<String> = marks.iter().map(|mark| mark.title.clone()).collect();
    Some(Picture {
        width: WIDTH,
        height: bar_top + 74,
        left: LEFT,
        right: RIGHT,
        top,
        bar: bar_top,
        axis: bar_top + 40,
        ticks: scale.ticks(last.max(first_seen.day)),
        has_before: official.is_some(),
        bars,
        marks,
        text: format!("Timeline: {}", words.join(", ")),
    })
}

fn bar(scale: &Scale, class: &'static str, from: Date, to: Date) -> Bar {
    let x = scale.x(from);
    // What lasted for a day is still to be seen.
    Bar { class, x, width: (scale.x(to) - x).max(3), title: format!("{from} to {to}") }
}

/// Where the marks go: each in the lowest row in which it has room.
fn places(scale: &Scale, steps: &[Step]) -> (Vec<(i32, usize)>, usize) {
    let mut ends = [i32::MIN; ROWS];
    let mut used = 1;
    let places = steps
        .iter()
        .map(|step| {
            let x = scale.x(step.day);
            let free = ends.iter().position(|end| x.saturating_sub(*end) >= APART);
            // Where all are taken, the one that was taken first.
            let row = free.or_else(|| (0..ROWS).min_by_key(|row| ends.get(*row))).unwrap_or(0);
            if let Some(end) = ends.get_mut(row) {
                *end = x;
            }
            used = used.max(row + 1);
            (x, row)
        })
        .collect();
    (places, used)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn step(day: Date, fate: Fate) -> Step {
        Step { day, snapshot: "s".to_owned(), fate, fields: Vec::new() }
    }

    fn timeline(steps: Vec<Step>, last: Date) -> Timeline {
        let span = steps.first().map(|step| (step.day, last));
        Timeline { last: None, listed: true, span, steps }
    }

    #[test]
    fn bars_are_the_times_on_the_list() {
        let whole = timeline(
            vec![
                step(date(2020, 1, 1), Fate::FirstSeen),
                step(date(2021, 1, 1), Fate::Amended),
                step(date(2022, 1, 1), Fate::Delisted),
                step(date(2024, 1, 1), Fate::Relisted),
            ],
            date(2026, 1, 1),
        );
        let picture = draw(&whole, Some(date(2010, 1, 1))).unwrap();
        let bars: Vec<(&str, &str)> =
            picture.bars.iter().map(|bar| (bar.class, bar.title.as_str())).collect();
        let expected = [
            ("before", "2010-01-01 to 2020-01-01"),
            ("sure", "2020-01-01 to 2022-01-01"),
            ("sure", "2024-01-01 to 2026-01-01"),
        ];
        assert_eq!(bars, expected);
        assert_eq!((picture.marks.len(), picture.bars[0].x, picture.marks[3].class), (4, LEFT, "begin"));
        assert!(picture.ticks.len() > 4 && picture.ticks.len() <= TICKS as usize + 1);
        assert!(draw(&timeline(Vec::new(), date(2026, 1, 1)), None).is_none());
    }

    #[test]
    fn marks_of_one_time_stand_above_each_other_within_the_drawing() {
        let steps: Vec<Step> = (1..=12).map(|day| step(date(2026, 1, day), Fate::Amended)).collect();
        let mut steps = [vec![step(date(2010, 1, 1), Fate::Listed)], steps].concat();
        steps.push(step(date(2026, 1, 13), Fate::Delisted));
        let picture = draw(&timeline(steps, date(2026, 1, 13)), None).unwrap();
        for mark in &picture.marks {
            assert!(mark.y >= picture.top - 4 && mark.y < picture.bar, "{}", mark.y);
            assert!((LEFT..=RIGHT).contains(&mark.x), "{}", mark.x);
        }
        assert_eq!(
            draw(&timeline(vec![step(date(2026, 1, 1), Fate::Listed)], date(2026, 1, 1)), None)
                .unwrap()
                .marks[0]
                .x,
            LEFT
        );
    }
}
