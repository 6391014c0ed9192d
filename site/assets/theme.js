// Made of site/script by `npm run build`. Do not edit.
"use strict";(()=>{var r="event-catalogue:";function o(e){try{return localStorage.getItem(r+e)??void 0}catch{return}}function t(){let e=o("theme");return e==="light"||e==="dark"?e:void 0}var n=t();n!==void 0&&(document.documentElement.dataset.theme=n);})();
