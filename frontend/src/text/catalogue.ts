import { useLanguage } from "./text";

// The words of the catalogue page beyond the common ones. No public page needs them at first load.
const zh = {
  starterHint: "有词表还没有任何版本。可加载随平台提供的起始目录：作为注明年份和来源的版本直接发布；已有版本的词表不受影响。",
  links: "IPC 与行业代码",
  mergedInto: (code: string) => `已并入 ${code}`,
};

const en: typeof zh = {
  starterHint: "Some vocabularies have no version yet. Load the catalogues shipped with the platform: they are published as versions with year and source; vocabularies that have a version are left alone.",
  links: "IPC and industry codes",
  mergedInto: (code) => `merged into ${code}`,
};

export const useCatalogueText = (): typeof zh => (useLanguage().language === "en" ? en : zh);
