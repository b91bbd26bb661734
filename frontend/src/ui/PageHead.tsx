import type { ReactNode } from "react";

export function PageHead({ title, lead, side }: { title: string; lead?: ReactNode; side?: ReactNode }) {
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {side}
    </div>
  );
}
