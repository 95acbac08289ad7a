// A mini-program does not print: the paper's styles are the web's, in paper.h5.ts.
export {}
