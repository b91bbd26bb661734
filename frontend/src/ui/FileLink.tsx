import { useState } from "react";
import { Button } from "./Button";
import { ErrorNote } from "./ErrorNote";
import { sizeText } from "./size";

interface Props {
  file: { id: string; name: string; size: number; sha256?: string };
  /** Fetches it and hands it to the browser to keep. */
  get: (file: { id: string; name: string }) => Promise<void>;
}

/** A file by its name, with what it measures; a click saves it. */
export function FileLink({ file, get }: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const start = () => {
    setBusy(true);
    setFailure(undefined);
    void get(file)
      .catch(setFailure)
      .finally(() => setBusy(false));
  };
  return (
    <span className="file-link">
      <Button small look="quiet" busy={busy} onClick={start}>
        {file.name}
      </Button>
      <span className="muted small number">{sizeText(file.size)}</span>
      {file.sha256 && (
        <span className="mono small muted" title={file.sha256}>
          SHA-256 {file.sha256.slice(0, 12)}…
        </span>
      )}
      <ErrorNote failure={failure} />
    </span>
  );
}
