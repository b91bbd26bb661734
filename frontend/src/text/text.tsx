// The language in use. Chinese comes with the page; English is fetched when chosen.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { zh, type Text } from "./zh-CN";

export type Language = "zh" | "en";

interface Chosen {
  language: Language;
  t: Text;
  choose: (language: Language) => void;
}

const kept = "jiebang.language";
const Context = createContext<Chosen>({ language: "zh", t: zh, choose: () => {} });

const load = async (language: Language): Promise<Text> => (language === "en" ? (await import("./en")).en : zh);

/** The text to start with: what was chosen last, else Chinese. */
export async function firstText(): Promise<{ language: Language; t: Text }> {
  const language: Language = localStorage.getItem(kept) === "en" ? "en" : "zh";
  return { language, t: await load(language) };
}

export function TextProvider({ first, children }: { first: { language: Language; t: Text }; children: ReactNode }) {
  const [now, setNow] = useState(first);
  useEffect(() => {
    document.documentElement.lang = now.language === "zh" ? "zh-CN" : "en";
  }, [now.language]);
  const value = useMemo<Chosen>(
    () => ({
      ...now,
      choose: (language) => {
        localStorage.setItem(kept, language);
        void load(language).then((t) => setNow({ language, t }));
      },
    }),
    [now],
  );
  return <Context value={value}>{children}</Context>;
}

export const useText = (): Text => useContext(Context).t;
export const useLanguage = (): Chosen => useContext(Context);
