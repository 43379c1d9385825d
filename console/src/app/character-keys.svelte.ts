const storageKey = "tagline-character-keys";

/** A key that was pressed; a `KeyboardEvent` is one. */
type Pressed = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey">;

/**
 * Whether keys that write a character are commands where nothing is written. Whoever speaks to the machine, or hits keys
 * that they do not mean, can switch them off (WCAG 2.2, 2.1.4).
 */
class CharacterKeys {
  #areCommands = $state(read());

  get areCommands(): boolean {
    return this.#areCommands;
  }

  set areCommands(areCommands: boolean) {
    this.#areCommands = areCommands;
    try {
      localStorage.setItem(storageKey, areCommands ? "on" : "off");
    } catch {
      // The choice holds until the page is closed.
    }
  }

  /** Whether a key writes a character and is no command, since they are switched off. */
  isOff({ key, altKey, ctrlKey, metaKey }: Pressed): boolean {
    const writes = key.length === 1 && key !== " " && !altKey && !ctrlKey && !metaKey;
    return writes && !this.#areCommands;
  }
}

/** The page's only choice about them. */
export const characterKeys = new CharacterKeys();

function read(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}
