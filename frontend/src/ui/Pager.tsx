import { Button } from "./Button";
import { useWords } from "./words";

interface Props {
  shown: number;
  /** Is there more after what is shown? */
  more: boolean;
  busy?: boolean;
  onMore: () => void;
}

/** Where a list goes on. Lists are read from a place on, not by page numbers. */
export function Pager({ shown, more, busy, onMore }: Props) {
  const words = useWords();
  return (
    <div className="pager">
      <span className="muted small" aria-live="polite">
        {words.shown(shown)}
      </span>
      {more && (
        <Button onClick={onMore} busy={busy}>
          {busy ? words.loading : words.loadMore}
        </Button>
      )}
    </div>
  );
}
