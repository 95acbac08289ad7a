// A mini-program has to be started in one go; the web's pause is in pause.h5.ts.
export {}
