import { useEffect, useRef } from "react";

export interface RadarAxis {
  name: string;
  max: number;
}

export interface RadarShape {
  name: string;
  values: number[];
}

interface Props {
  label: string;
  axes: RadarAxis[];
  shapes: RadarShape[];
}

/** A radar chart. The chart library is loaded only when one is drawn. */
export function Radar({ label, axes, shapes }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    let stop = () => {};
    let gone = false;
    void import("./radarChart").then(({ drawRadar }) => {
      if (!gone) stop = drawRadar(box, axes, shapes);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [axes, shapes]);
  return <div ref={ref} className="radar" role="img" aria-label={label} />;
}
