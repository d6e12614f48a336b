/** A chart as a picture and as a page that carries everything along. */
export interface Drawing {
  png: Buffer;
  html: string;
}

/** Pixels of a picture for each pixel of the chart: sharp on a good screen and in print. */
export const PICTURE_SCALE = 2;
