//! Charts as the server draws them: bars with their figures beside them, readable in both schemes of colour, on paper, and, as the table
//! stands below, without eyes.

use crate::kernel::Cents;
use crate::reports::table::{Cell, Chart, Kind};
use crate::web::pages::{Language, Words};
use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

/// The width of a chart, in its own units.
const WIDTH: i64 = 720;
/// The most bars that lie; of more the longest are drawn.
const LYING_MAX: usize = 12;
/// The height of a lying bar with the space around it.
const ROW: i64 = 34;
/// Where lying bars begin, behind their names.
const NAMES: i64 = 220;
/// The room for figures at the ends of lying bars.
const FIGURES: i64 = 120;
/// The height of standing bars.
const HEIGHT: i64 = 200;
/// The room above standing bars, and below for their names.
const ABOVE: i64 = 24;
const BELOW: i64 = 28;
/// The most names under standing bars.
const LABELS_MAX: usize = 6;
/// The most letters of a name beside a bar.
const NAME_CHARS: usize = 26;

/// A chart, ready to be drawn.
pub struct ChartView {
    /// What it measures.
    pub title: String,
    /// What it says, in a sentence.
    pub says: String,
    /// How wide it is, in its own units.
    pub width: i64,
    /// How high it is.
    pub height: i64,
    /// Its bars.
    pub bars: Vec<Bar>,
    /// Its names and figures.
    pub texts: Vec<Text>,
    /// Lines across: from, height, to.
    pub lines: Vec<(i64, i64, i64)>,
}

/// A bar.
pub struct Bar {
    /// Its left end.
    pub x: i64,
    /// Its upper end.
    pub y: i64,
    /// How wide it is.
    pub width: i64,
    /// How high it is.
    pub height: i64,
    /// Whether it measures less than nothing.
    pub is_less: bool,
    /// Whose it is, and its figure.
    pub tip: String,
}

/// A text.
pub struct Text {
    /// Where it stands.
    pub x: i64,
    /// On which height.
    pub y: i64,
    /// Which of its ends stands there.
    pub anchor: &'static str,
    /// The words.
    pub words: String,
}

impl ChartView {
    /// A chart in somebody's words and money.
    pub fn of(chart: &Chart, words: Words, currency: &str, zone: Tz) -> Self {
        let figure = |value: i64| match chart.kind {
            Kind::Money => words.money(Cents(value), currency),
            Kind::Count | Kind::Text => words.count(value),
        };
        let bars: Vec<(String, i64)> =
            chart.bars.iter().map(|(cell, value)| (say(cell, words, currency, zone), *value)).collect();
        let is_time = matches!(chart.bars.first(), Some((Cell::Days(..), _)));
        let title = words.t(chart.title);
        let most = bars.iter().max_by_key(|(_, value)| *value);
        let says = most.map_or_else(String::new, |(name, value)| {
            words.t2("report-chart-says", ("name", name.as_str()), ("figure", figure(*value)))
        });
        let mut view =
            Self { title, says, width: WIDTH, height: 0, bars: Vec::new(), texts: Vec::new(), lines: Vec::new() };
        if is_time {
            view.stand(&bars, figure);
        } else {
            view.lie(bars, figure);
        }
        view
    }

    /// The figures of a chart that are not nothing, as words.
    pub fn figures(chart: Option<&Chart>, words: Words, currency: &str, zone: Tz) -> Vec<(String, String)> {
        let bars = chart.iter().flat_map(|chart| &chart.bars).filter(|(_, value)| *value != 0);
        bars.map(|(cell, value)| (say(cell, words, currency, zone), words.count(*value))).collect()
    }

    fn lie(&mut self, mut bars: Vec<(String, i64)>, figure: impl Fn(i64) -> String) {
        bars.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
        bars.truncate(LYING_MAX);
        let most = bars.iter().map(|(_, value)| value.abs()).max().unwrap_or(0).max(1);
        for (place, (name, value)) in (0_i64..).zip(bars) {
            let y = place * ROW;
            let width = scaled(value.abs(), most, WIDTH - NAMES - FIGURES);
            let said = figure(value);
            self.texts.push(Text { x: NAMES - 12, y: y + 21, anchor: "end", words: shortened(&name) });
            self.texts.push(Text { x: NAMES + width + 8, y: y + 21, anchor: "start", words: said.clone() });
            let tip = format!("{name}: {said}");
            self.bars.push(Bar { x: NAMES, y: y + 5, width, height: ROW - 10, is_less: value < 0, tip });
            self.height = y + ROW;
        }
    }

    fn stand(&mut self, bars: &[(String, i64)], figure: impl Fn(i64) -> String) {
        let most = bars.iter().map(|(_, value)| *value).max().unwrap_or(0).max(0);
        let least = bars.iter().map(|(_, value)| *value).min().unwrap_or(0).min(0);
        let range = (most - least).max(1);
        let zero = ABOVE + scaled(most, range, HEIGHT);
        let count = i64::try_from(bars.len()).unwrap_or(1).max(1);
        self.height = ABOVE + HEIGHT + BELOW;
        self.lines.push((0, zero, WIDTH));
        if most > 0 {
            self.lines.push((0, ABOVE, WIDTH));
            self.texts.push(Text { x: 0, y: ABOVE - 7, anchor: "start", words: figure(most) });
        }
        if least < 0 {
            self.texts.push(Text { x: 0, y: ABOVE + HEIGHT - 4, anchor: "start", words: figure(least) });
        }
        let every = bars.len().div_ceil(LABELS_MAX).max(1);
        for (place, (name, value)) in (0_i64..).zip(bars) {
            let (left, right) = (place * WIDTH / count, (place + 1) * WIDTH / count);
            let gap = i64::from(right - left > 4);
            let height = scaled(value.abs(), range, HEIGHT);
            let y = if *value < 0 { zero } else { zero - height };
            let tip = format!("{name}: {}", figure(*value));
            self.bars.push(Bar {
                x: left + gap,
                y,
                width: (right - left - 2 * gap).max(1),
                height,
                is_less: *value < 0,
                tip,
            });
            if usize::try_from(place).is_ok_and(|place| place.is_multiple_of(every)) {
                self.texts.push(Text { x: left, y: self.height - 8, anchor: "start", words: name.clone() });
            }
        }
    }
}

/// A cell in the words of whoever reads it.
pub(super) fn say(cell: &Cell, words: Words, currency: &str, zone: Tz) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) | Cell::Named(_, text) => text.clone(),
        Cell::Word(_, key) => words.t(key),
        Cell::Count(count) => words.count(*count),
        Cell::Money(amount) => words.money(*amount, currency),
        Cell::Days(first, last) => days(*first, *last, words),
        Cell::Moment(at) => words.moment(*at, zone),
    }
}

/// Days, as short as can be.
fn days(first: NaiveDate, last: NaiveDate, words: Words) -> String {
    let next = last.succ_opt().unwrap_or(last);
    let (day, month) = match words.language {
        Language::De => ("%d.%m.", "%m/%Y"),
        Language::En => ("%-d %b", "%b %Y"),
        Language::Fr => ("%d/%m", "%m/%Y"),
    };
    if first == last {
        first.format(day).to_string()
    } else if (first.ordinal(), next.ordinal()) == (1, 1) {
        first.year().to_string()
    } else if (first.day(), next.day()) == (1, 1) && (first.year(), first.month()) == (last.year(), last.month()) {
        first.format(month).to_string()
    } else {
        format!("{} – {}", first.format(day), last.format(day))
    }
}

/// A part of a whole as a length, to the nearest unit.
fn scaled(value: i64, whole: i64, length: i64) -> i64 {
    let exact = i128::from(value) * i128::from(length) / i128::from(whole.max(1));
    i64::try_from(exact).unwrap_or(length)
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME_CHARS {
        return name.to_owned();
    }
    name.chars().take(NAME_CHARS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(bars: Vec<(Cell, i64)>) -> ChartView {
        let chart = Chart { title: "report-chart-takings", kind: Kind::Money, bars };
        ChartView::of(&chart, Words::of(Language::En), "EUR", Tz::UTC)
    }

    #[test]
    fn bars_are_as_long_as_their_figures_and_stay_inside() {
        let names = |value: i64| (Cell::Text(format!("{value} {}", "x".repeat(40))), value);
        let lying = view(vec![names(50), names(100), names(-25)]);
        let widths: Vec<i64> = lying.bars.iter().map(|bar| bar.width).collect();
        assert_eq!(widths, [380, 190, 95]);
        assert_eq!((lying.bars[2].is_less, lying.height), (true, 102));
        assert!(lying.texts.iter().all(|text| text.words.chars().count() <= NAME_CHARS));
        let day = |day: u32, value| {
            let date = NaiveDate::from_ymd_opt(2026, 7, day).unwrap();
            (Cell::Days(date, date), value)
        };
        let standing = view(vec![day(1, 300), day(2, -100), day(3, 0)]);
        assert_eq!(standing.bars.iter().map(|bar| bar.height).collect::<Vec<_>>(), [150, 50, 0]);
        assert_eq!((standing.bars[0].y, standing.bars[1].y), (24, 174));
        assert!(standing.bars.iter().all(|bar| bar.y + bar.height <= ABOVE + HEIGHT && bar.x + bar.width <= WIDTH));
        assert!(standing.says.contains("1 Jul") && standing.says.contains("€3.00"), "{}", standing.says);
    }

    #[test]
    fn a_month_and_a_year_have_one_word() {
        let date = |text: &str| text.parse().unwrap();
        for (first, last, said) in [
            ("2026-07-01", "2026-07-31", "Jul 2026"),
            ("2026-01-01", "2026-12-31", "2026"),
            ("2026-07-06", "2026-07-12", "6 Jul – 12 Jul"),
            ("2026-07-06", "2026-07-06", "6 Jul"),
        ] {
            assert_eq!(days(date(first), date(last), Words::of(Language::En)), said);
        }
    }
}
