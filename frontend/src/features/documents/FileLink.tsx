import { useAct } from "../../client/act";
import { download } from "../../client/upload";
import { sizeText } from "../../ui/size";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";

interface Props {
  file: { id: string; name: string; size: number; sha256?: string };
}

/** A file by its name; a click saves it, signed in as one is. */
export function FileLink({ file }: Props) {
  const get = useAct(() => download(`/api/v1/documents/${file.id}/content`, file.name));
  return (
    <span className="file-link">
      <Button small look="quiet" busy={get.pending} onClick={() => void get.run()}>
        {file.name}
      </Button>
      <span className="muted small number">{sizeText(file.size)}</span>
      {file.sha256 && (
        <span className="mono small muted" title={file.sha256}>
          SHA-256 {file.sha256.slice(0, 12)}…
        </span>
      )}
      <ErrorNote failure={get.problem} />
    </span>
  );
}
