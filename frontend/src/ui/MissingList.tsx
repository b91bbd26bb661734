import { useUi } from "./words";

interface Props {
  title: string;
  /** What to say when nothing is missing. */
  ready?: string;
  missing: { path: string; code: string; message: string }[];
}

/** What is still to mend before the next step, each by the name of its field. */
export function MissingList({ title, ready, missing }: Props) {
  const { explain } = useUi();
  if (missing.length === 0) return ready ? <p className="note good">{ready}</p> : null;
  const { fields } = explain({ status: 422, code: "", message: "", fields: missing });
  return (
    <div className="note warn" role="status">
      <strong>
        {title} ({fields.length})
      </strong>
      <ul>
        {fields.map((f, i) => (
          <li key={i}>
            {f.label && <strong>{f.label}: </strong>}
            {f.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
