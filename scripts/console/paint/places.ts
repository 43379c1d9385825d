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
import { stars } from "./outdoors.ts";

/** Houses against the sky, with lit windows when it is dark. */
export const city =
  (name: LightName): Scene =>
  (canvas) => {
    const { width, height } = canvas;
    const light = lights[name];
    const isDark = name === "night" || name === "dusk";
    return [
      gradient(canvas, light.sky, { top: 0, bottom: height, id: "sky" }),
      ...(name === "night" ? stars(canvas, height * 0.5) : []),
      ...light.land.slice(0, 3).flatMap((colour, row) => houses(canvas, { colour, row, isDark })),
      `<rect fill="${light.land[3]}" y="${height * 0.93}" width="${width}" height="${height}"/>`,
    ];
  };

/** Boats before a quay with gables in many colours. */
export const harbour =
  (name: LightName): Scene =>
  (canvas) => {
    const { width, height } = canvas;
    const light = lights[name];
    const quay = Math.round(height * 0.56);
    const count = Math.max(4, Math.round((width / height) * 6));
    const wide = width / count;
    const gables = Array.from({ length: count }, (_, index) =>
      gable(canvas, { x: index * wide, wide, quay }),
    );
    const boats = Array.from({ length: 3 }, (_, index) =>
      boat(canvas, {
        x: width * (0.2 + index * 0.3 + between(canvas, -0.06, 0.06)),
        y: height * (0.7 + index * 0.09),
        size: height * (0.1 + index * 0.03),
      }),
    );
    return [
      gradient(canvas, light.sky, { top: 0, bottom: quay, id: "sky" }),
      range(canvas, { base: quay * 0.7, rise: height * 0.08, waves: 1.4, colour: light.land[0] }),
      ...gables,
      gradient(canvas, light.water, { top: quay, bottom: height, id: "water" }),
      `<rect fill="#5a4a3f" y="${quay - height * 0.02}" width="${width}" height="${height * 0.03}"/>`,
      ...boats,
    ];
  };

/** Flowers on long stalks, seen from near. */
export const garden: Scene = (canvas) => {
  const { width, height } = canvas;
  const [top, bottom] = oneOf<Pair>(canvas, [
    ["#dceccb", "#5f8a4a"],
    ["#f3e6d3", "#6f8f5a"],
    ["#d7e8ee", "#4d7d6a"],
  ]);
  const count = Math.round((width * height) / 90_000) + 6;
  const flowers = Array.from({ length: count }, () => {
    const size = Math.min(width, height) * between(canvas, 0.05, 0.12);
    return flower(canvas, {
      x: between(canvas, 0.04, 0.96) * width,
      y: between(canvas, 0.15, 0.8) * height,
      size,
    });
  });
  return [
    gradient(canvas, [top, bottom], { top: 0, bottom: height, id: "ground" }),
    ...Array.from({ length: 22 }, () => {
      const r = Math.min(width, height) * between(canvas, 0.04, 0.13);
      return `<circle fill="#ffffff" opacity="0.13" cx="${between(canvas, 0, width).toFixed()}" cy="${between(canvas, 0, height).toFixed()}" r="${r.toFixed()}"/>`;
    }),
    ...flowers,
  ];
};

function houses(
  canvas: Canvas,
  { colour, row, isDark }: { readonly colour: string; readonly row: number; readonly isDark: boolean },
): string[] {
  const { width, height } = canvas;
  const foot = height * (0.78 + row * 0.09);
  const drawn: string[] = [];
  for (let x = -width * 0.02; x < width;) {
    const wide = Math.min(width, height) * between(canvas, 0.07, 0.16);
    const tall = height * between(canvas, 0.24, 0.62 - row * 0.1);
    drawn.push(`<rect fill="${colour}" x="${x}" y="${foot - tall}" width="${wide}" height="${height}"/>`);
    const step = Math.min(width, height) * 0.028;
    for (let at = x + step * 0.6; at < x + wide - step * 0.8; at += step)
      for (let y = foot - tall + step; y < foot - step; y += step * 1.3)
        if (canvas.chance() < (isDark ? 0.45 : 0.8))
          drawn.push(
            `<rect fill="${isDark ? "#ffd98a" : "#eef5f8"}" opacity="${isDark ? 0.85 : 0.35}" x="${at.toFixed()}" y="${y.toFixed()}" width="${(step * 0.5).toFixed()}" height="${(step * 0.7).toFixed()}"/>`,
          );
    x += wide * 1.06;
  }
  return drawn;
}

function gable(
  canvas: Canvas,
  { x, wide, quay }: { readonly x: number; readonly wide: number; readonly quay: number },
): string {
  const colour = oneOf(canvas, ["#c0504a", "#e0a84c", "#7fa3b8", "#d9c9a6", "#5f8a72", "#b9737f"]);
  const tall = quay * between(canvas, 0.42, 0.68);
  const top = quay - tall;
  const windows = [0.25, 0.6].flatMap((across) =>
    [0.25, 0.5, 0.75].map(
      (down) =>
        `<rect fill="#f4f1e6" opacity="0.85" x="${x + wide * across}" y="${top + tall * down}" width="${wide * 0.15}" height="${tall * 0.12}"/>`,
    ),
  );
  return `<polygon fill="${colour}" points="${x},${quay} ${x},${top + wide * 0.35} ${x + wide / 2},${top - wide * 0.1} ${x + wide * 0.98},${top + wide * 0.35} ${x + wide * 0.98},${quay}"/>${windows.join("")}`;
}

function boat(
  canvas: Canvas,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): string {
  const hull = oneOf(canvas, ["#7a1f2b", "#1f4a6b", "#2f5d4a", "#3a3a3f"]);
  return `<g transform="translate(${x} ${y}) scale(${size / 100})"><path fill="${hull}" d="M-90 0H90L62 36H-66Z"/><path fill="#fff4dc" d="M4-8V-190L84-16Z"/><path fill="#f2c14e" d="M-6-8V-150L-62-16Z"/><path fill="#ffffff" opacity="0.25" d="M-80 44H80L56 60H-60Z"/></g>`;
}

function flower(
  canvas: Canvas,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): string {
  const petal = oneOf(canvas, ["#d6455d", "#f2b03d", "#8f5fb0", "#f6f1ea", "#e07ba0", "#5b7fc9"]);
  const petals = Array.from(
    { length: 8 },
    (_, index) =>
      `<ellipse fill="${petal}" cx="0" cy="-62" rx="26" ry="48" transform="rotate(${index * 45})"/>`,
  );
  return `<path fill="none" stroke="#3f6b3a" stroke-width="${size * 0.08}" d="M${x} ${y}Q${x + size * between(canvas, -0.6, 0.6)} ${y + size * 2} ${x + size * 0.3} ${canvas.height}"/><g transform="translate(${x} ${y}) scale(${size / 130}) rotate(${between(canvas, 0, 45)})">${petals.join("")}<circle fill="#f7d774" r="30"/><circle fill="#c98b2b" r="16"/></g>`;
}
