import { useText } from "../../text/text";
import { ErrorNote } from "../../ui/ErrorNote";
import { timeText } from "../../ui/time";
import type { SaveState } from "../../client/autosave";

/** Whether what stands in the form is with the server. */
export function SaveNote({ state }: { state: SaveState }) {
  const t = useText();
  if (state.status === "failed") return <ErrorNote failure={state.problem} />;
  const words = { clean: "", dirty: t.bid.unsaved, saving: t.bid.saving, saved: state.status === "saved" ? t.bid.autosaved(timeText(state.at, t.ui.locale, true)) : "" };
  return (
    <span className="muted small" role="status">
      {words[state.status]}
    </span>
  );
}
