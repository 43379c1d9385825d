// Encoded once by cwebp: there is no encoder of VP8 that the tests could run.

const bytes = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** The quadrants, 32 × 32, lossy, without segmentation (`-segments 1`): a whole file. */
export const lossyQuadrants = bytes(
  "UklGRmIAAABXRUJQVlA4IFYAAACQAwCdASogACAAAoBCJaQCdMoRwN4B+Kv5Ac4ZoF3kzPwM+A3gAP7vdtf+EzM8v/e2Mx//88BT" +
    "N0sDTmyubLc2W5sv9oAOT6yYOJkUn/abd/94i3DEAA==",
);

/** The same by `-preset icon`. */
export const lossyIcon = bytes(
  "UklGRmAAAABXRUJQVlA4IFQAAAB0AwCdASogACAAAABCAAnTKEcDeAfkB+KvOGaBeAMz8DPgN4AA/u921/ujKM+/92wlv2i3ePgt" +
    "Qc+tMK0wtphbYe/xjmcZAxUYFR3+02Ztj+0/gAA=",
);

/** The same with alpha: a disc of 28 pixels across, and around it nothing. */
export const lossyDisc = bytes(
  "UklGRrwAAABXRUJQVlA4WAoAAAAQAAAAHwAAHwAAQUxQSEAAAAABDzD/ERGCTWxbjd7mEglI+daQhhQkUP6KuzkpiOj/BOi+m9SQ" +
    "oEswZFgKhArx4GD/qRAPBUKGJcEg6NSQ3HQNVlA4IFYAAACQAwCdASogACAAAoBCJaQCdMoRwN4B+Kv5Ac4ZoF3kzPwM+A3gAP7v" +
    "dtf+EzM8v/e2Mx//88BTN0sDTmyubLc2W5sv9oAOT6yYOJkUn/abd/94i3DEAA==",
);

/** The quadrants, 16 × 16: one block, for which no encoder uses segments. */
export const lossyTiny = bytes(
  "UklGRkAAAABXRUJQVlA4IDQAAADwAQCdASoQABAAAoBCJaACdLoB8gAE6AAA+z//jh/0jf/8QI//hWuRb+K//97BfLORAAAA",
);

/** One pixel of the colour 200, 60, 40. */
export const lossyPixel = bytes(
  "UklGRjYAAABXRUJQVlA4ICoAAACQAQCdASoBAAEAAoBCJaACdLoAA5gA/uns/9bSZZGWH/z0z+tv4/8ZAAA=",
);

/** The same colour, 17 × 17: of three blocks out of four most lies beyond the picture. */
export const lossyOdd = bytes(
  "UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoRABEAAoBCJaQDKLoAA/a+AAD+6ez/9bSZZGWH/89M/rb+P/HDY7AAAAA=",
);

/** Five colours in a pattern, 32 × 32, lossless, as a palette whose pixels are packed. */
export const losslessPalette = bytes(
  "UklGRl4AAABXRUJQVlA4TFIAAAAvH8AHAIWiSFKjF64QhkTkoAFyJ1P5CgkIK62SLCbIthnMgM52zkH0n2zSJllDtz6h1Wqv1X1r" +
    "YKtAymd9ry/4rO/1BZ/1vb7gs77XF3y+90st",
);

/** Red grows by 4 a pixel to the right, green to the bottom, blue is 128: 64 × 64, lossless, by predictions. */
export const losslessGradient = bytes(
  "UklGRkAAAABXRUJQVlA4TDQAAAAvP8APAAGgQATy1+5G9D/1B0BC+H9ejeh/6kNB2gbMnn/jFTACSVu87R/AmABRRx8E+v8G",
);

/** The disc of the quadrants once more, 32 × 32, lossless with alpha. */
export const losslessDisc = bytes(
  "UklGRlYAAABXRUJQVlA4TEkAAAAvH8AHEArGEdC28f5LpwNOewM3//Pf/wnwl46OC6eSnJ+1XKgyERSLpEhEvYqsd8mE/oQhvkz+" +
    "JE/wXSwzKDIsMSkwTVkJ+UUBAA==",
);
