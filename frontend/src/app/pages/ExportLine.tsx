import type { Format } from "../../client/exports";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";

/** The formats a list can be had in. */
export function ExportLine({ onExport }: { onExport: (format: Format) => Promise<unknown> }) {
  const t = useText();
  return (
    <span className="row small">
      <span className="muted" title={t.list.exportHint}>
        {t.list.export}
      </span>
      {(["csv", "xlsx", "json"] as const).map((format) => (
        <Button key={format} small look="quiet" onClick={() => void onExport(format)}>
          {format.toUpperCase()}
        </Button>
      ))}
    </span>
  );
}
