//! Portraits of people who do not exist, drawn from a number: for proofs, previews and the demo museum.
//!
//! The same number gives the same picture; the first few are chosen, the rest are drawn by lot. A portrait is a JPEG
//! of 630 x 810 pixels, the 35:45 of passport pictures, and passes the checks that real ones must pass.

mod looks;
mod strokes;

use looks::{Beard, Hair, Look, Neckline};
use strokes::Easel;

/// Draws the portrait with this number.
pub fn sample_portrait(seed: u64) -> Vec<u8> {
    let look = Look::of(seed);
    let mut easel = Easel::new();
    wall(&mut easel, &look);
    easel.come_nearer(1.2);
    hair_behind(&mut easel, &look);
    body(&mut easel, &look);
    head(&mut easel, &look);
    face(&mut easel, &look);
    beard(&mut easel, &look);
    mouth(&mut easel, &look);
    hair_in_front(&mut easel, &look);
    glasses(&mut easel, &look);
    easel.jpeg()
}

fn wall(easel: &mut Easel, look: &Look) {
    easel.fade(look.wall, look.wall.darker(0.1));
    easel.circle(248.0, 120.0, 190.0, look.wall.lighter(0.28));
}

fn body(easel: &mut Easel, look: &Look) {
    let shade = look.skin.darker(0.16);
    easel.fill("M 6 450 C 8 372 62 350 128 332 L 222 332 C 288 350 342 372 344 450 Z", look.clothes);
    easel.veil("M 222 332 C 288 350 342 372 344 450 L 250 450 C 262 410 250 360 222 332 Z");
    match look.neckline {
        Neckline::Crew | Neckline::Shirt => {
            easel.fill("M 147 240 L 203 240 L 203 318 C 214 330 222 332 226 334 C 214 362 136 362 124 334 C 130 332 138 328 147 318 Z", look.skin);
        }
        Neckline::Open => {
            easel.fill("M 147 240 L 203 240 L 203 318 C 214 330 222 332 228 334 L 175 392 L 122 334 C 130 332 138 328 147 318 Z", look.skin);
        }
        Neckline::Roll => {
            easel.fill("M 147 240 H 203 V 330 H 147 Z", look.skin);
            easel.fill("M 140 300 C 160 312 190 312 210 300 C 214 318 216 330 224 336 C 200 352 150 352 126 336 C 134 330 136 318 140 300 Z", look.clothes.lighter(0.12));
        }
    }
    easel.fill("M 147 268 C 160 300 190 300 203 268 L 203 284 C 190 322 158 318 147 290 Z", shade);
    if look.neckline == Neckline::Shirt {
        let collar = look.clothes.lighter(0.72);
        easel.fill("M 132 322 L 175 372 L 146 394 L 116 340 Z", collar);
        easel.fill("M 218 322 L 175 372 L 204 394 L 234 340 Z", collar.darker(0.06));
        easel.fill("M 175 372 L 186 386 L 180 450 H 168 L 164 386 Z", look.accent);
    }
}

fn head(easel: &mut Easel, look: &Look) {
    if look.hair != Hair::Scarf {
        let ear = look.skin.darker(0.06);
        easel.oval(112.0, 203.0, 11.0, 18.0, ear);
        easel.oval(238.0, 203.0, 11.0, 18.0, ear.darker(0.05));
        if look.earrings {
            easel.circle(110.0, 224.0, 4.6, look.accent.lighter(0.3));
            easel.circle(240.0, 224.0, 4.6, look.accent.lighter(0.2));
        }
    }
    easel.fill(look.head_outline(), look.skin);
    easel.veil("M 175 98 C 210 98 237 122 237 188 C 237 240 208 281 175 281 C 204 246 206 140 175 98 Z");
}

fn face(easel: &mut Easel, look: &Look) {
    let ink = look.hair_color.darker(0.35);
    easel.blush(138.0, 233.0, 15.0);
    easel.blush(212.0, 233.0, 15.0);
    for (side, x) in [(-1.0, 150.0), (1.0, 200.0)] {
        easel.oval(x, 197.0, 10.5, 7.6, look.skin.lighter(0.75));
        easel.circle(x + 0.6, 197.0, 6.4, look.eyes);
        easel.circle(x + 0.6, 197.0, 3.4, look.eyes.darker(0.7));
        easel.circle(x + 2.8, 194.6, 1.7, look.skin.lighter(1.0));
        let lid = format!("M {} 195 C {} 186 {} 186 {} 195", x - 11.5, x - 6.0, x + 6.0, x + 11.5);
        easel.line(&lid, 2.6, ink.darker(0.2));
        let (inner, outer) = (x - side * 12.0, x + side * 14.0);
        let brow = format!("M {inner} 179 C {} {} {} 171 {outer} 178", x - side * 4.0, 172.0, x + side * 6.0);
        easel.line(&brow, look.brow_width, ink);
    }
    easel.line("M 177 202 C 174 214 170 222 169 228 C 170 232 177 233 182 231", 3.0, look.skin.darker(0.24));
    if look.freckles {
        for (x, y) in [(133.0, 222.0), (141.0, 226.0), (149.0, 222.0), (201.0, 222.0), (209.0, 226.0), (217.0, 222.0)] {
            easel.circle(x, y, 1.5, look.skin.darker(0.28));
        }
    }
    if look.aged {
        for line in ["M 124 206 C 121 210 119 213 117 217", "M 226 206 C 229 210 231 213 233 217"] {
            easel.line(line, 1.6, look.skin.darker(0.2));
        }
    }
}

fn mouth(easel: &mut Easel, look: &Look) {
    let lips = look.lips;
    if look.laughs {
        easel.fill(
            "M 152 249 C 164 254 186 254 198 249 C 195 268 186 274 175 274 C 164 274 155 268 152 249 Z",
            lips.darker(0.45),
        );
        easel.fill("M 155 251.5 C 166 255.5 184 255.5 195 251.5 C 194 257 192 259 190 260 C 182 262 168 262 160 260 C 158 259 156 257 155 251.5 Z", look.skin.lighter(1.0));
        easel.line("M 151 249 C 164 254 186 254 199 249", 2.4, lips);
    } else {
        easel.line("M 154 250 C 164 262 186 262 196 250", 4.4, lips);
        easel.line("M 166 268 C 171 270.5 179 270.5 184 268", 2.0, look.skin.darker(0.18));
    }
}

fn beard(easel: &mut Easel, look: &Look) {
    let color = look.hair_color;
    match look.beard {
        Beard::None => {}
        Beard::Moustache => easel.fill("M 148 246 C 154 234 170 233 175 238 C 180 233 196 234 202 246 C 190 247 160 247 148 246 Z", color),
        Beard::Full => {
            easel.fill("M 112 205 C 113 265 138 299 175 299 C 212 299 237 265 238 205 C 232 226 220 239 200 240 C 186 232 164 232 150 240 C 130 239 118 226 112 205 Z", color);
            easel.veil("M 238 205 C 237 265 212 299 175 299 C 200 280 214 262 216 237 C 228 230 234 220 238 205 Z");
            easel.oval(175.0, 257.0, 26.0, 12.0, look.skin.darker(0.05));
        }
        Beard::Stubble => easel.haze("M 113 210 C 115 262 140 284 175 284 C 210 284 235 262 237 210 C 230 230 216 242 196 243 C 184 236 166 236 154 243 C 134 242 120 230 113 210 Z", color),
    }
}

fn hair_behind(easel: &mut Easel, look: &Look) {
    let color = look.hair_color.darker(0.14);
    match look.hair {
        Hair::Bob => easel.fill("M 93 205 C 82 106 128 68 175 68 C 224 68 268 106 257 205 C 260 244 262 272 250 300 C 226 312 124 312 100 300 C 88 272 90 244 93 205 Z", color),
        Hair::Long => easel.fill("M 90 215 C 78 100 128 64 175 64 C 224 64 272 100 260 215 C 262 262 286 292 270 332 C 280 360 262 392 244 398 L 106 398 C 88 392 70 360 80 332 C 64 292 88 262 90 215 Z", color),
        Hair::Curls => {
            for (x, y, r) in [(175.0, 102.0, 52.0), (124.0, 122.0, 40.0), (226.0, 122.0, 40.0), (100.0, 166.0, 34.0), (250.0, 166.0, 34.0), (96.0, 212.0, 30.0), (254.0, 212.0, 30.0), (104.0, 250.0, 25.0), (246.0, 250.0, 25.0)] {
                easel.circle(x, y, r, color);
            }
        }
        Hair::Bun => {
            easel.circle(175.0, 66.0, 34.0, color);
            easel.circle(184.0, 60.0, 18.0, look.hair_color.lighter(0.08));
        }
        Hair::Ponytail => easel.fill("M 226 128 C 286 130 300 220 268 306 C 262 320 246 312 248 296 C 262 240 256 190 222 168 Z", color),
        Hair::Scarf => {
            easel.fill("M 84 220 C 72 104 126 62 175 62 C 224 62 278 104 266 220 C 266 290 292 330 300 372 L 50 372 C 58 330 84 290 84 220 Z", color);
        }
        Hair::Short | Hair::Quiff | Hair::Cropped | Hair::Crown => {}
    }
}

fn hair_in_front(easel: &mut Easel, look: &Look) {
    let color = look.hair_color;
    let light = color.lighter(0.14);
    match look.hair {
        Hair::Short => {
            easel.fill("M 107 202 C 92 118 128 74 182 74 C 238 72 260 120 243 202 C 241 182 238 166 230 150 C 204 154 162 148 142 124 C 138 146 116 162 107 202 Z", color);
            easel.line("M 146 100 C 168 88 198 88 220 104", 5.0, light);
        }
        Hair::Quiff => {
            easel.fill("M 108 196 C 102 158 106 128 122 108 C 120 88 146 66 188 68 C 226 66 252 92 244 128 C 248 150 247 172 242 196 C 240 174 236 158 226 144 C 196 142 160 144 132 138 C 118 152 112 170 108 196 Z", color);
            easel.line("M 136 112 C 152 92 186 84 222 98", 6.0, light);
            easel.line("M 140 126 C 160 110 190 106 226 116", 4.0, light);
        }
        Hair::Cropped => {
            easel.fill("M 111 178 C 108 118 138 90 175 90 C 212 90 242 118 239 178 C 235 152 222 134 206 130 C 190 126 160 126 144 130 C 128 134 115 152 111 178 Z", color);
        }
        Hair::Crown => {
            easel.fill("M 108 204 C 102 178 104 152 116 138 C 114 160 114 180 114 204 Z", color);
            easel.fill("M 242 204 C 248 178 246 152 234 138 C 236 160 236 180 236 204 Z", color);
            easel.line("M 150 112 C 162 106 180 105 192 108", 5.0, look.skin.lighter(0.25));
        }
        Hair::Bob => {
            easel.fill("M 104 220 C 96 128 132 84 175 84 C 218 84 254 128 246 220 C 244 196 240 176 232 160 C 220 168 150 172 128 156 C 114 172 108 194 104 220 Z", color);
            easel.line("M 134 116 C 156 98 194 98 216 116", 5.0, light);
        }
        Hair::Long => {
            easel.fill("M 178 82 C 128 80 96 118 102 238 C 96 268 92 300 104 330 C 112 300 110 262 112 232 C 116 182 150 160 182 118 C 206 150 234 176 238 232 C 240 262 238 300 246 330 C 258 300 254 268 248 238 C 254 118 222 80 178 82 Z", color);
            easel.line("M 120 150 C 128 118 150 100 172 98", 5.0, light);
            easel.line("M 196 102 C 216 112 230 132 234 158", 4.0, light);
        }
        Hair::Curls => {
            for (x, y, r) in [
                (128.0, 138.0, 24.0),
                (158.0, 118.0, 26.0),
                (194.0, 116.0, 26.0),
                (224.0, 138.0, 23.0),
                (112.0, 168.0, 17.0),
                (240.0, 168.0, 17.0),
            ] {
                easel.circle(x, y, r, color);
            }
            for (x, y) in [(150.0, 98.0), (188.0, 92.0), (120.0, 122.0), (222.0, 116.0)] {
                easel.circle(x, y, 9.0, light);
            }
        }
        Hair::Bun | Hair::Ponytail => {
            easel.fill("M 108 200 C 100 124 136 86 175 86 C 214 86 250 124 242 200 C 238 160 214 132 180 126 C 140 132 114 160 108 200 Z", color);
            easel.line("M 132 126 C 148 106 170 98 190 100", 4.0, light);
        }
        Hair::Scarf => {
            easel.fill("M 175 78 C 128 78 98 120 100 206 C 100 262 134 300 175 304 C 216 300 250 262 250 206 C 252 120 222 78 175 78 Z M 175 104 C 208 104 233 132 233 192 C 233 240 206 279 175 281 C 144 279 117 240 117 192 C 117 132 142 104 175 104 Z", color);
            easel.fill("M 106 262 C 128 306 222 306 244 262 C 262 308 276 330 304 366 C 250 420 100 420 46 366 C 74 330 88 308 106 262 Z", color);
            easel.line("M 112 300 C 140 340 214 350 268 330", 4.0, color.darker(0.12));
            easel.line("M 92 330 C 130 372 200 386 262 368", 4.0, light);
        }
    }
}

fn glasses(easel: &mut Easel, look: &Look) {
    let Some(round) = look.round_glasses else { return };
    let frame = look.hair_color.darker(0.5);
    for x in [149.0, 201.0] {
        let shape = if round {
            Easel::oval_path(x, 198.0, 21.0, 20.0)
        } else {
            format!(
                "M {} 182 H {} C {} 182 {} 184 {} 188 L {} 208 C {} 214 {} 216 {} 216 H {} C {} 216 {} 214 {} 208 L {} 188 C {} 184 {} 182 {} 182 Z",
                x - 17.0,
                x + 17.0,
                x + 21.0,
                x + 23.0,
                x + 23.0,
                x + 21.0,
                x + 20.0,
                x + 16.0,
                x + 12.0,
                x - 12.0,
                x - 16.0,
                x - 20.0,
                x - 21.0,
                x - 23.0,
                x - 23.0,
                x - 21.0,
                x - 17.0
            )
        };
        easel.glass(&shape);
        easel.line(&shape, 3.4, frame);
    }
    easel.line("M 170 195 C 173 191 177 191 180 195", 3.2, frame);
    easel.line("M 127 194 L 113 198", 3.0, frame);
    easel.line("M 223 194 L 237 198", 3.0, frame);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_picture_and_others_differ() {
        let portraits: Vec<Vec<u8>> = (0..12).map(sample_portrait).collect();
        assert!(portraits[5] == sample_portrait(5));
        for (index, portrait) in portraits.iter().enumerate() {
            assert!(!portraits[..index].contains(portrait), "{index} looks like one before");
        }
    }

    #[test]
    fn portraits_are_large_enough_for_every_card() {
        let picture = image::load_from_memory(&sample_portrait(1)).expect("a JPEG");
        assert_eq!((picture.width(), picture.height()), (630, 810));
    }
}
