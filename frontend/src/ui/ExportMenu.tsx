import { useRef, useState } from "react";
import { Button } from "./Button";
import { ErrorNote } from "./ErrorNote";
import { useWords } from "./words";

const formats = ["xlsx", "csv", "json"] as const;
type Format = (typeof formats)[number];

/** Hands out the list beside it as a file, in the format that is picked. */
export function ExportMenu({ save }: { save: (format: Format) => Promise<unknown> }) {
  const words = useWords();
  const menu = useRef<HTMLDetailsElement>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const close = (focus: boolean) => {
    if (!menu.current?.open) return;
    menu.current.open = false;
    if (focus) menu.current.querySelector("summary")?.focus();
  };
  const pick = async (format: Format) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await save(format);
      close(true);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <details
      ref={menu}
      className="export"
      onKeyDown={(e) => {
        if (e.key === "Escape") close(true);
      }}
      onBlur={(e) => {
        if (!busy && e.relatedTarget && !e.currentTarget.contains(e.relatedTarget)) close(false);
      }}
      onToggle={() => setFailure(undefined)}
    >
      <summary className="button small quiet">{words.export}</summary>
      <div className="export-choices" aria-busy={busy}>
        {formats.map((format) => (
          <Button key={format} small look="quiet" disabled={busy} onClick={() => void pick(format)}>
            {words.exportAs[format]}
          </Button>
        ))}
        <ErrorNote failure={failure} />
      </div>
    </details>
  );
}
