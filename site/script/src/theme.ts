// Before anything is painted: the look that was chosen, light or dark, if one was.

import { chosenTheme } from "./page/kept.ts";

const theme = chosenTheme();
if (theme !== undefined) document.documentElement.dataset.theme = theme;
