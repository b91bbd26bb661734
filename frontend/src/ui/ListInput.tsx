import { useState } from "react";
import { TextInput } from "./inputs";

interface Props {
  label: string;
  value: string[];
  onChange: (value: string[]) => void;
  hint?: string;
  error?: string;
}

/** Several short words in one line; what is typed stays as typed. */
export function ListInput({ label, value, onChange, hint, error }: Props) {
  const [text, setText] = useState(() => value.join("、"));
  return (
    <TextInput
      label={label}
      hint={hint}
      error={error}
      wide
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(next.split(/[、,，;；]/).map((s) => s.trim()).filter(Boolean));
      }}
    />
  );
}
