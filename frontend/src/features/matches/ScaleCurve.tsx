import type { MatchFormula } from "../../client/views";
import { label } from "../../text/say";
import { useMatchText } from "../../text/useMatchText";

const box = { left: 44, top: 10, right: 500, bottom: 226 };

/** From the weighed sum of the parts to the score, with the bands as lines across. */
export function ScaleCurve({ points, bands }: { points: MatchFormula["reference"]["points"]; bands: MatchFormula["bands"] }) {
  const m = useMatchText();
  const x = (z: number) => box.left + Math.min(1, Math.max(0, z)) * (box.right - box.left);
  const y = (score: number) => box.bottom - (score / 100) * (box.bottom - box.top);
  const line = points.map((p) => `${x(p.z).toFixed(1)},${y(p.share * 100).toFixed(1)}`).join(" ");
  return (
    <svg className="curve" viewBox="0 0 512 276" role="img" aria-label={`${m.formula.scaleX} → ${m.formula.scaleY}`}>
      {[0, 0.25, 0.5, 0.75, 1].map((z) => (
        <g key={z}>
          <line className="grid" x1={x(z)} x2={x(z)} y1={box.top} y2={box.bottom} />
          <text x={x(z)} y={box.bottom + 20} textAnchor="middle">
            {z}
          </text>
        </g>
      ))}
      {[0, 100].map((s) => (
        <g key={s}>
          <line className="grid" x1={box.left} x2={box.right} y1={y(s)} y2={y(s)} />
          <text x={box.left - 6} y={y(s) + 4} textAnchor="end">
            {s}
          </text>
        </g>
      ))}
      {bands
        .filter((b) => b.from > 0)
        .map((b) => (
          <g key={b.band}>
            <line className="grid" strokeDasharray="4 3" x1={box.left} x2={box.right} y1={y(b.from)} y2={y(b.from)} />
            <text x={box.left - 6} y={y(b.from) + 4} textAnchor="end">
              {b.from}
            </text>
            <text x={box.left + 6} y={y(b.from) - 4}>
              {label(m.bands, b.band)}
            </text>
          </g>
        ))}
      <polyline className="line" points={line} />
      <text x={(box.left + box.right) / 2} y={box.bottom + 41} textAnchor="middle">
        {m.formula.scaleX}
      </text>
    </svg>
  );
}
