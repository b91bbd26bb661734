import { Button } from "./Button";
import { Select, type Choice } from "./inputs";
import { useWords } from "./words";

interface Props {
  label: string;
  hint?: string;
  error?: string;
  chosen: string[];
  choices: Choice[];
  onChange: (v: string[]) => void;
  max: number;
}

/** Some of many words: each chosen one is a button that takes it off again. */
export function Picker({ label, hint, error, chosen, choices, onChange, max }: Props) {
  const words = useWords();
  const name = (code: string) => choices.find((c) => c.value === code)?.label ?? code;
  return (
    <div className="stack tight card">
      <div className="row">
        {chosen.map((code) => (
          <Button key={code} small aria-label={`${words.remove} ${name(code)}`} onClick={() => onChange(chosen.filter((x) => x !== code))}>
            {name(code)} ✕
          </Button>
        ))}
      </div>
      {chosen.length < max && <Select label={label} hint={hint} {...(error && { error })} value="" onChange={(v) => v && onChange([...chosen, v])} choices={choices.filter((c) => !chosen.includes(c.value))} />}
    </div>
  );
}
