// The language in use. The Chinese of the public pages comes with the first page, the rest of it
// with the pages that need it; English is fetched whole when chosen.
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

const keptLanguage = (): Language => (localStorage.getItem(kept) === "en" ? "en" : "zh");
const load = async (language: Language): Promise<Text> => (language === "en" ? (await import("./en")).en : zh);

let rest: Promise<void> | undefined;

/** The Chinese words that the public pages do without. They are put into the text itself, so
 *  that a page which waited for them has them in its first picture. */
export const restOfWords = (): Promise<void> =>
  (rest ??= import("./zh-rest").then(
    ({ zhRest, zhRows }) => {
      Object.assign(zh, zhRest);
      for (const table of ["actions", "states", "problems", "fields"] as const) Object.assign(zh[table], zhRows[table]);
    },
    (failure: unknown) => {
      rest = undefined; // the next page tries again
      throw failure;
    },
  ));

/** Loads a part together with the words it speaks. */
export async function withWords<T>(part: () => Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([part(), keptLanguage() === "zh" ? restOfWords() : undefined]);
  return loaded;
}

/** The text to start with: what was chosen last, else Chinese. */
export async function firstText(): Promise<{ language: Language; t: Text }> {
  const language = keptLanguage();
  return { language, t: await load(language) };
}

export function TextProvider({ first, children }: { first: { language: Language; t: Text }; children: ReactNode }) {
  const [now, setNow] = useState(first);
  useEffect(() => {
    if (now.t !== zh) return;
    let here = true;
    // The words for the server's problems come with the rest; what stands already says them too.
    void restOfWords().then(() => here && setNow({ language: "zh", t: { ...zh } }));
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
        void withWords(() => load(language)).then((t) => setNow({ language, t }));
      },
    }),
    [now],
  );
  return <Context value={value}>{children}</Context>;
}

export const useText = (): Text => useContext(Context).t;
export const useLanguage = (): Chosen => useContext(Context);
