import { use } from "react";
import { useLanguage } from "./text";
import { zhMatch, type MatchText } from "./zh-match";

let english: Promise<MatchText> | undefined;

/** The words of matching, in the language in use. Chinese comes with the page; a part that speaks English waits for its words. */
export function useMatchText(): MatchText {
  const { language } = useLanguage();
  if (language === "zh") return zhMatch;
  return use((english ??= import("./en-match").then((m) => m.enMatch)));
}
