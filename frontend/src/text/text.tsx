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

/** The words for the server's problems: many, and none is needed before something was asked of it. */
const withProblems = async (t: Text): Promise<Text> => ({ ...t, problems: { ...t.problems, ...(await import("./zh-problems")).zhProblems } });

export function TextProvider({ first, children }: { first: { language: Language; t: Text }; children: ReactNode }) {
  const [now, setNow] = useState(first);
  useEffect(() => {
    if (now.t !== zh) return;
    let here = true;
    void withProblems(zh).then((t) => here && setNow({ language: "zh", t }));
    return () => void (here = false);
  }, [now.t]);
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
