//! Millimetres: points, frames and outlines, measured from the upper left corner of the finished card.

/// Points per millimetre.
pub(crate) const PT_PER_MM: f64 = 72.0 / 25.4;

/// Where a quarter circle's control points lie, as a share of the radius.
const ARC: f64 = 0.552_284_75;

/// A point in millimetres; `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

pub(crate) const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// An upright rectangle in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Frame {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Frame {
    pub(crate) const fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width, height }
    }

    pub(crate) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether `self` lies within `outer`, give or take a hundredth of a millimetre.
    pub(crate) fn within(&self, outer: &Self) -> bool {
        const SLACK: f64 = 0.01;
        self.x >= outer.x - SLACK
            && self.y >= outer.y - SLACK
            && self.right() <= outer.right() + SLACK
            && self.bottom() <= outer.bottom() + SLACK
    }

    /// The frame grown by `margin` on each side.
    pub(crate) fn grown(&self, margin: f64) -> Self {
        Self::new(self.x - margin, self.y - margin, self.width + 2.0 * margin, self.height + 2.0 * margin)
    }

    /// The largest frame of the given proportion (width / height) centred in this one.
    pub(crate) fn contained(&self, proportion: f64) -> Self {
        let (width, height) = if self.width / self.height > proportion {
            (self.height * proportion, self.height)
        } else {
            (self.width, self.width / proportion)
        };
        self.centred(width, height)
    }

    /// The smallest frame of the given proportion (width / height) that covers this one, centred.
    pub(crate) fn covered(&self, proportion: f64) -> Self {
        let (width, height) = if self.width / self.height > proportion {
            (self.width, self.width / proportion)
        } else {
            (self.height * proportion, self.height)
        };
        self.centred(width, height)
    }

    fn centred(&self, width: f64, height: f64) -> Self {
        Self::new(self.x + (self.width - width) / 2.0, self.y + (self.height - height) / 2.0, width, height)
    }
}

/// One step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Step {
    Move(Point),
    Line(Point),
    Curve(Point, Point, Point),
    Close,
}

/// A path of straight lines and cubic curves. Filling uses the non-zero rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Outline {
    pub(crate) steps: Vec<Step>,
}

impl Outline {
    pub(crate) fn rect(frame: &Frame) -> Self {
        let mut outline = Self::default();
        outline.push_rect(frame);
        outline
    }

    pub(crate) fn push_rect(&mut self, frame: &Frame) {
        self.steps.extend([
            Step::Move(at(frame.x, frame.y)),
            Step::Line(at(frame.right(), frame.y)),
            Step::Line(at(frame.right(), frame.bottom())),
            Step::Line(at(frame.x, frame.bottom())),
            Step::Close,
        ]);
    }

    /// A rectangle whose corners are rounded: upper left, upper right, lower right, lower left.
    pub(crate) fn rounded(frame: &Frame, radii: [f64; 4]) -> Self {
        if radii.iter().all(|radius| *radius <= 0.0) {
            return Self::rect(frame);
        }
        let limit = frame.width.min(frame.height) / 2.0;
        let [ul, ur, lr, ll] = radii.map(|radius| radius.clamp(0.0, limit));
        let (left, top, right, bottom) = (frame.x, frame.y, frame.right(), frame.bottom());
        let pull = 1.0 - ARC;
        let mut steps = vec![Step::Move(at(left + ul, top)), Step::Line(at(right - ur, top))];
        if ur > 0.0 {
            steps.push(Step::Curve(at(right - ur * pull, top), at(right, top + ur * pull), at(right, top + ur)));
        }
        steps.push(Step::Line(at(right, bottom - lr)));
        if lr > 0.0 {
            steps.push(Step::Curve(
                at(right, bottom - lr * pull),
                at(right - lr * pull, bottom),
                at(right - lr, bottom),
            ));
        }
        steps.push(Step::Line(at(left + ll, bottom)));
        if ll > 0.0 {
            steps.push(Step::Curve(at(left + ll * pull, bottom), at(left, bottom - ll * pull), at(left, bottom - ll)));
        }
        steps.push(Step::Line(at(left, top + ul)));
        if ul > 0.0 {
            steps.push(Step::Curve(at(left, top + ul * pull), at(left + ul * pull, top), at(left + ul, top)));
        }
        steps.push(Step::Close);
        Self { steps }
    }

    pub(crate) fn ellipse(frame: &Frame) -> Self {
        let (rx, ry) = (frame.width / 2.0, frame.height / 2.0);
        let (cx, cy) = (frame.x + rx, frame.y + ry);
        let (kx, ky) = (rx * ARC, ry * ARC);
        Self {
            steps: vec![
                Step::Move(at(cx + rx, cy)),
                Step::Curve(at(cx + rx, cy + ky), at(cx + kx, cy + ry), at(cx, cy + ry)),
                Step::Curve(at(cx - kx, cy + ry), at(cx - rx, cy + ky), at(cx - rx, cy)),
                Step::Curve(at(cx - rx, cy - ky), at(cx - kx, cy - ry), at(cx, cy - ry)),
                Step::Curve(at(cx + kx, cy - ry), at(cx + rx, cy - ky), at(cx + rx, cy)),
                Step::Close,
            ],
        }
    }

    /// The frame around all points, control points included; nothing for an empty outline.
    pub(crate) fn bounds(&self) -> Option<Frame> {
        let mut points = self.steps.iter().flat_map(|step| match *step {
            Step::Move(p) | Step::Line(p) => vec![p],
            Step::Curve(a, b, p) => vec![a, b, p],
            Step::Close => vec![],
        });
        let first = points.next()?;
        let (mut low, mut high) = (first, first);
        for point in points {
            low = at(low.x.min(point.x), low.y.min(point.y));
            high = at(high.x.max(point.x), high.y.max(point.y));
        }
        Some(Frame::new(low.x, low.y, high.x - low.x, high.y - low.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_covers_its_frame_and_is_contained_in_it() {
        let frame = Frame::new(5.0, 5.0, 20.0, 30.0);
        let covered = frame.covered(1.0);
        assert_eq!(covered, Frame::new(0.0, 5.0, 30.0, 30.0));
        assert_eq!(frame.contained(1.0), Frame::new(5.0, 10.0, 20.0, 20.0));
        assert!(frame.within(&covered));
        assert!(frame.contained(1.0).within(&frame));
    }

    #[test]
    fn outlines_keep_their_frames() {
        let frame = Frame::new(1.0, 2.0, 30.0, 40.0);
        for outline in
            [Outline::rect(&frame), Outline::rounded(&frame, [3.0, 0.0, 100.0, 3.0]), Outline::ellipse(&frame)]
        {
            let bounds = outline.bounds().expect("not empty");
            assert!(bounds.within(&frame) && frame.within(&bounds), "{bounds:?}");
        }
        assert_eq!(Outline::default().bounds(), None);
    }
}
