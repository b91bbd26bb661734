import { enMatch } from "./en-match";
import { useLanguage } from "./text";
import { zhMatch, type MatchText } from "./zh-match";

/** The words of matching, in the language in use. */
export const useMatchText = (): MatchText => (useLanguage().language === "en" ? enMatch : zhMatch);
