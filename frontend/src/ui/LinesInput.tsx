import { useState } from "react";
import { TextArea } from "./inputs";

interface Props {
  label: string;
  value: string[];
  hint?: string;
  error?: string;
  onChange: (value: string[]) => void;
}

const linesOf = (text: string): string[] => text.split("\n").map((l) => l.trim()).filter(Boolean);

/** A list written one item a line; what is typed stays as typed. */
export function LinesInput({ label, value, hint, error, onChange }: Props) {
  const [text, setText] = useState(() => value.join("\n"));
  return (
    <TextArea
      label={label}
      value={text}
      {...(hint && { hint })}
      {...(error && { error })}
      onChange={(next) => {
        setText(next);
        onChange(linesOf(next));
      }}
    />
  );
}
