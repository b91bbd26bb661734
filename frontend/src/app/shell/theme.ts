// The theme and the size of text, kept on this machine.
import { useState } from "react";

const keptTheme = "jiebang.theme";
const keptText = "jiebang.text";

export function startTheme() {
  const root = document.documentElement;
  const dark = localStorage.getItem(keptTheme) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = dark;
  root.dataset.text = localStorage.getItem(keptText) ?? "normal";
}

function useKept(attribute: "theme" | "text", key: string, on: string, off: string): [boolean, () => void] {
  const [active, setActive] = useState(() => document.documentElement.dataset[attribute] === on);
  const toggle = () => {
    const next = active ? off : on;
    document.documentElement.dataset[attribute] = next;
    localStorage.setItem(key, next);
    setActive(!active);
  };
  return [active, toggle];
}

export const useDark = () => useKept("theme", keptTheme, "dark", "light");
export const useLarge = () => useKept("text", keptText, "large", "normal");
