import { useId, useState } from "react";
import { useWords } from "./words";

interface Props {
  label: string;
  accept?: string;
  onFiles: (files: File[]) => void;
  busy?: boolean;
}

export function FileDrop({ label, accept, onFiles, busy }: Props) {
  const words = useWords();
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <div
      className={`drop ${over ? "over" : ""}`}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        if (e.dataTransfer.files.length) onFiles([...e.dataTransfer.files]);
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        multiple
        accept={accept}
        disabled={busy}
        onChange={(e) => {
          if (e.target.files?.length) onFiles([...e.target.files]);
          e.target.value = "";
        }}
      />
      <span className="muted small">{busy ? words.uploading : words.drop}</span>
    </div>
  );
}
