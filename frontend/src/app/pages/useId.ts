import { useParams } from "@tanstack/react-router";

/** The $id of the page's URL. */
export const useId = (): string => (useParams({ strict: false }) as { id: string }).id;
