import type { ReactNode } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";
import { useWords } from "./words";

interface Props {
  title: string;
  onClose: () => void;
  onSubmit: () => void;
  busy: boolean;
  failure: unknown;
  disabled?: boolean;
  children: ReactNode;
}

/** A form in a dialog: its fields, what went wrong, confirm and cancel. */
export function FormDialog({ title, onClose, onSubmit, busy, failure, disabled, children }: Props) {
  const words = useWords();
  return (
    <Dialog title={title} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <ErrorNote failure={failure} />
        <div className="row">
          <Button type="submit" look="main" busy={busy} disabled={disabled}>
            {words.confirm}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
