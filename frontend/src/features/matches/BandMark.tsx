import { label } from "../../text/say";
import { useMatchText } from "../../text/useMatchText";

/** The band is what is said; the number stands small beside it, and its title says what it is. */
export function BandMark({ band, score }: { band: string; score: number }) {
  const m = useMatchText();
  return (
    <span className={`band ${band}`}>
      <strong>{label(m.bands, band)}</strong>
      <small className="number" title={m.pointsHelp}>
        {m.points(score.toFixed(1))}
      </small>
    </span>
  );
}
