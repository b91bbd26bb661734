import { useUi } from "./words";

/** A failure in words: what is wrong, which fields to mend, and the number to quote. */
export function ErrorNote({ failure }: { failure: unknown }) {
  const { words, explain } = useUi();
  if (!failure) return null;
  const { title, fields, incident } = explain(failure);
  return (
    <div className="note bad" role="alert">
      <strong>{title}</strong>
      {fields.length > 0 && (
        <>
          <span className="muted small"> {words.fieldErrors(fields.length)}</span>
          <ul>
            {fields.map((f, i) => (
              <li key={i}>
                {f.label && <strong>{f.label}: </strong>}
                {f.message}
              </li>
            ))}
          </ul>
        </>
      )}
      {incident && <p className="small muted">{words.incident(incident)}</p>}
    </div>
  );
}
