import { useCallback, useMemo } from "react";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useAllTerms } from "./useCatalogue";

/** The name of a chain, domain tag or capability tag by its code; a code that none has stays as it is. */
export function useTagNames(): (code: string) => string {
  const { language } = useLanguage();
  const chains = useAllTerms("chain");
  const domains = useAllTerms("domain");
  const capabilities = useAllTerms("capability");
  const names = useMemo(() => new Map([...chains, ...domains, ...capabilities].map((x) => [x.code, named(x, language)])), [chains, domains, capabilities, language]);
  return useCallback((code) => names.get(code) ?? code, [names]);
}
