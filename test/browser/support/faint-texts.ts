/**
 * Runs in a page: the texts in the window whose contrast with what is behind them is below 4.5 : 1, the least that WCAG
 * asks for of small letters, each with its colours.
 */
export function faintTexts(): string[] {
  type Colour = readonly [red: number, green: number, blue: number, opacity: number];
  const leastContrast = 4.5;
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  /** The browser itself knows every way to write a colour. */
  function colourOf(css: string): Colour {
    if (canvas === null) throw new Error("This browser draws nothing.");
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, opacity = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, opacity / 255];
  }

  function over([red, green, blue, opacity]: Colour, behind: Colour): Colour {
    const mix = (own: number, other: number): number => own * opacity + other * (1 - opacity);
    return [mix(red, behind[0]), mix(green, behind[1]), mix(blue, behind[2]), 1];
  }

  function behind(element: Element | null): Colour {
    if (element === null) return [255, 255, 255, 1];
    const own = colourOf(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(element.parentElement));
  }

  function luminance([red, green, blue]: Colour): number {
    const linear = (value: number): number =>
      value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }

  function isShown(element: Element): boolean {
    const { width, height, top, right, bottom, left } = element.getBoundingClientRect();
    // What is for screen readers alone is a pixel large.
    if (width < 2 || height < 2 || bottom < 0 || right < 0 || top > innerHeight || left > innerWidth)
      return false;
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  function hasOwnText({ childNodes }: Element): boolean {
    return [...childNodes].some(
      ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim(),
    );
  }

  return [...document.querySelectorAll("body *")]
    .filter((element) => hasOwnText(element) && isShown(element))
    .map((element) => {
      const ground = behind(element);
      const text = over(colourOf(getComputedStyle(element).color), ground);
      const [dark = 0, light = 0] = [luminance(ground), luminance(text)].toSorted((a, b) => a - b);
      return { element, ground, text, contrast: (light + 0.05) / (dark + 0.05) };
    })
    .filter(({ contrast }) => contrast < leastContrast)
    .map(({ element, ground, text, contrast }) => {
      const words = element.textContent.trim().slice(0, 40);
      return `${contrast.toFixed(2)}: ${words} (${text.slice(0, 3).join()} on ${ground.slice(0, 3).join()})`;
    });
}
