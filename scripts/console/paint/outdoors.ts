import {
  between,
  gradient,
  lights,
  oneOf,
  range,
  type Canvas,
  type LightName,
  type Pair,
  type Scene,
} from "./canvas.ts";

/** Hills behind one another, with the sun or the moon above them. */
export const mountains =
  (name: LightName): Scene =>
  (canvas) => {
    const { width, height } = canvas;
    const light = lights[name];
    const horizon = height * between(canvas, 0.5, 0.62);
    return [
      gradient(canvas, light.sky, { top: 0, bottom: height, id: "sky" }),
      ...(name === "night" ? stars(canvas, horizon) : []),
      sun(canvas, { colour: light.sun, horizon, radius: 0.05 }),
      ...light.land.map((colour, index) =>
        range(canvas, {
          base: horizon + (height - horizon) * (index * 0.24),
          rise: height * (0.2 - index * 0.035),
          waves: between(canvas, 1.3, 2.4) + index * 0.7,
          colour,
        }),
      ),
      ...(width > height ? [] : birds(canvas, horizon * 0.6)),
    ];
  };

/** The sea up to its horizon, with a lighthouse on a rock where there is room. */
export const coast =
  (name: LightName): Scene =>
  (canvas) => {
    const { width, height } = canvas;
    const light = lights[name];
    const horizon = Math.round(height * between(canvas, 0.45, 0.58));
    const rock = width * between(canvas, 0.14, 0.3);
    const size = height * 0.3;
    const top = horizon + height * 0.05;
    return [
      gradient(canvas, light.sky, { top: 0, bottom: horizon, id: "sky" }),
      ...(name === "night" ? stars(canvas, horizon) : birds(canvas, horizon * 0.5)),
      sun(canvas, { colour: light.sun, horizon, radius: 0.06 }),
      range(canvas, { base: horizon, rise: height * 0.06, waves: 1.6, colour: light.land[0] }),
      gradient(canvas, light.water, { top: horizon, bottom: height, id: "water" }),
      ...waves(canvas, { top: horizon, colour: light.sun }),
      `<g transform="translate(${rock} ${top})"><polygon fill="${light.land[3]}" points="${-size * 0.6},${size * 0.3} ${-size * 0.2},0 ${size * 0.25},${size * 0.03} ${size * 0.7},${size * 0.3}"/>
      <polygon fill="#f6f2e8" points="${-size * 0.1},0 ${-size * 0.06},${-size} ${size * 0.06},${-size} ${size * 0.1},0"/>
      <polygon fill="#b6382f" points="${-size * 0.087},${-size * 0.3} ${-size * 0.075},${-size * 0.6} ${size * 0.075},${-size * 0.6} ${size * 0.087},${-size * 0.3}"/>
      <rect fill="${light.land[3]}" x="${-size * 0.09}" y="${-size * 1.03}" width="${size * 0.18}" height="${size * 0.04}"/>
      <rect fill="${light.sun}" x="${-size * 0.05}" y="${-size * 1.13}" width="${size * 0.1}" height="${size * 0.1}"/>
      <polygon fill="#b6382f" points="${-size * 0.07},${-size * 1.12} 0,${-size * 1.22} ${size * 0.07},${-size * 1.12}"/></g>`,
    ];
  };

/** Firs that grow darker towards whoever looks. */
export const forest =
  (name: LightName): Scene =>
  (canvas) => {
    const { height } = canvas;
    const light = lights[name];
    const rows = [0.55, 0.68, 0.82, 1];
    return [
      gradient(canvas, light.sky, { top: 0, bottom: height, id: "sky" }),
      sun(canvas, { colour: light.sun, horizon: height * 0.5, radius: 0.045 }),
      range(canvas, { base: height * 0.45, rise: height * 0.12, waves: 1.8, colour: light.land[0] }),
      ...rows.map((foot, row) =>
        firs(canvas, {
          foot: foot * height,
          tall: height * (0.22 + row * 0.1),
          colour: light.land[row] ?? light.land[3],
        }),
      ),
    ];
  };

/** Dunes in bands of light and shade. */
export const dunes: Scene = (canvas) => {
  const { height } = canvas;
  const sands = ["#efcf9e", "#e3b071", "#cf8d4e", "#a8643a", "#7b4530"];
  return [
    gradient(canvas, ["#5f9fd0", "#c9dfe6", "#f7e6c8"], { top: 0, bottom: height, id: "sky" }),
    sun(canvas, { colour: "#fff4d6", horizon: height * 0.4, radius: 0.05 }),
    ...sands.map((colour, index) =>
      range(canvas, {
        base: height * (0.46 + index * 0.12),
        rise: height * (0.07 + index * 0.02),
        waves: 0.9 + index * 0.17,
        colour,
      }),
    ),
  ];
};

/** Balloons over fields. */
export const balloons: Scene = (canvas) => {
  const { width, height } = canvas;
  const light = lights.dawn;
  const count = 5 + Math.round(canvas.chance() * 3);
  return [
    gradient(canvas, light.sky, { top: 0, bottom: height, id: "sky" }),
    ...["#cbd5b1", "#a8bd83", "#7f9c5b", "#58793e"].map((colour, index) =>
      range(canvas, { base: height * (0.66 + index * 0.09), rise: height * 0.05, waves: 1.4, colour }),
    ),
    ...Array.from({ length: count }, (_, index) => {
      const size = Math.min(width, height) * between(canvas, 0.07, 0.17);
      const x = ((index + between(canvas, 0.25, 0.75)) / count) * width;
      const y = height * between(canvas, 0.14, 0.5);
      const [one, other] = oneOf<Pair>(canvas, [
        ["#d8453c", "#f4d9a8"],
        ["#2f6f9f", "#e9eef2"],
        ["#e3a12c", "#7c3b5e"],
        ["#3c8c6e", "#f6e27a"],
      ]);
      return `<g transform="translate(${x} ${y}) scale(${size / 100})"><path fill="${one}" d="M0-100C62-100 86-50 80-14C74 24 34 58 20 84H-20C-34 58-74 24-80-14C-86-50-62-100 0-100Z"/><path fill="${other}" d="M0-100C26-100 34-50 32-14C30 24 14 58 8 84H-8C-14 58-30 24-32-14C-34-50-26-100 0-100Z"/><path stroke="#4a3a2e" stroke-width="3" d="M-18 84L-12 112M18 84L12 112"/><rect fill="#7a5638" x="-14" y="110" width="28" height="22" rx="4"/></g>`;
    }),
  ];
};

function sun(
  canvas: Canvas,
  { colour, horizon, radius }: { readonly colour: string; readonly horizon: number; readonly radius: number },
): string {
  const { width, height } = canvas;
  const r = Math.min(width, height) * radius * between(canvas, 0.8, 1.3);
  const [x, y] = [width * between(canvas, 0.45, 0.85), horizon - height * between(canvas, 0.08, 0.3)];
  return `<circle fill="${colour}" opacity="0.25" cx="${x}" cy="${y}" r="${r * 1.9}"/><circle fill="${colour}" cx="${x}" cy="${y}" r="${r}"/>`;
}

/** Points of light in the sky. */
export function stars(canvas: Canvas, horizon: number): string[] {
  return Array.from(
    { length: 90 },
    () =>
      `<circle fill="#dfe7f5" opacity="${between(canvas, 0.3, 0.9).toFixed(2)}" cx="${between(canvas, 0, canvas.width).toFixed()}" cy="${between(canvas, 0, horizon).toFixed()}" r="${between(canvas, 0.6, 2).toFixed(1)}"/>`,
  );
}

function birds(canvas: Canvas, height: number): string[] {
  return Array.from({ length: 5 }, () => {
    const [x, y] = [between(canvas, 0.2, 0.8) * canvas.width, height * between(canvas, 0.6, 1.2)];
    const span = canvas.width * 0.012 * between(canvas, 0.7, 1.3);
    return `<path fill="none" stroke="#2f3a4a" stroke-width="${span / 7}" d="M${x - span} ${y}Q${x - span / 2} ${y - span / 1.6} ${x} ${y}Q${x + span / 2} ${y - span / 1.6} ${x + span} ${y}"/>`;
  });
}

function waves(canvas: Canvas, { top, colour }: { readonly top: number; readonly colour: string }): string[] {
  const { width, height } = canvas;
  return Array.from({ length: 46 }, (_, index) => {
    const far = (index / 46) ** 1.6;
    const length = width * between(canvas, 0.02, 0.08) * (0.5 + far);
    const y = top + (height - top) * far + between(canvas, 2, 8);
    return `<rect fill="${colour}" opacity="${(0.5 - far * 0.35).toFixed(2)}" x="${between(canvas, 0, width).toFixed()}" y="${y.toFixed()}" width="${length.toFixed()}" height="${(1.5 + far * 4).toFixed(1)}" rx="2"/>`;
  });
}

/** The trees of a row: where they stand, how tall the tallest are, both in pixels. */
interface Firs {
  readonly foot: number;
  readonly tall: number;
  readonly colour: string;
}

function firs(canvas: Canvas, { foot, tall, colour }: Firs): string {
  const { width, height } = canvas;
  const count = Math.round(width / (tall * 0.24));
  const ground = `<rect fill="${colour}" y="${foot - tall * 0.12}" width="${width}" height="${height}"/>`;
  const trees = Array.from({ length: count }, (_, index) => {
    const x = (index + between(canvas, 0.1, 0.9)) * (width / count);
    return fir(x, { foot, tall: tall * between(canvas, 0.7, 1.1), colour });
  });
  return ground + trees.join("");
}

function fir(x: number, { foot, tall, colour }: Firs): string {
  const layers = [0, 0.26, 0.5].map((from) => {
    const wide = tall * (0.13 + from * 0.22);
    const top = foot - tall * (1 - from);
    return `${x},${top} ${x + wide},${top + tall * 0.42} ${x - wide},${top + tall * 0.42}`;
  });
  return layers.map((points) => `<polygon fill="${colour}" points="${points}"/>`).join("");
}
