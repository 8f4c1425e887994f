/*
 * The futures kernel as a plain C loop, for comparison: the same model, the same random numbers, the same counts.
 *
 * Rows of 32 futures, one pass per area and month: draw, compare, and where a month is violent draw its deaths and book
 * them at once. exp in the row is a short polynomial, so that the compiler can vectorise it; violent months use libm.
 * It counts what exitplan's kernel counts: deaths of every area-month and country-month in bins, of each future over the
 * horizon in bins, sums and squares per block, regimes by month, and the four preset definitions (first months, and
 * blocks by futures that met them by each mark).
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LANES 32
#define GOLDEN 0x9E3779B97F4A7C15ull

static inline float uniform(uint64_t key, uint64_t counter) {
    uint64_t z = key + (counter + 1) * GOLDEN;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    z ^= z >> 31;
    return ((float)(int32_t)(z >> 41) + 0.5f) * 0x1p-23f;
}

static inline float exp_row(float v) { /* |v| <= 15 */
    float w = v / 64.0f;
    float p = 1.0f + w * (1.0f + w * (0.5f + w * (1.0f / 6 + w * (1.0f / 24 + w * (1.0f / 120)))));
    p *= p; p *= p; p *= p; p *= p; p *= p;
    return p * p;
}

static int64_t bin_of(int64_t deaths, const int64_t *edges, int64_t bins, const uint8_t *table) {
    if (deaths < 4096) return table[deaths];
    int64_t low = table[4095], high = bins;
    while (high - low > 1) {
        int64_t middle = (low + high) / 2;
        if (edges[middle] <= deaths) low = middle; else high = middle;
    }
    return low;
}

typedef struct { int32_t place, deaths; } Hit;

void run(int64_t blocks, int64_t areas, int64_t horizon, int64_t bins, const int64_t *edges, const uint8_t *table,
         const float *b, const float *c, float xi, const float *level, const float *start_regime, const float *moves,
         const float *lift, float psi, uint64_t key_start, uint64_t key_regime, const float *start, int64_t neighbours,
         const int64_t *near_index, const float *near_weight, const uint64_t *key_any, const uint64_t *key_size,
         int64_t most, const int64_t *observed, int64_t behind, int64_t country_defs, const int64_t *country_window,
         const int64_t *country_bar, int64_t area_defs, const int64_t *area_window, const int64_t *area_bar, int64_t marks,
         const int64_t *mark, int64_t *regimes, int64_t *months, int64_t *totals, int64_t *deaths, int64_t *square,
         int64_t *country_first, int64_t *country_spread, int64_t *area_first, int64_t *area_spread) {
    const float decay[3] = {0x1.428a30p-1f, 0x1.d5818ep-1f, 0x1.f63c78p-1f}; /* 2^(-1 / 1.5), 2^(-1 / 8), 2^(-1 / 36) */
    const float bound = logf(61.0f);
    const int64_t ring = behind + 1, room = areas * LANES;
    float *e = malloc(3 * room * sizeof *e), country[LANES], near[LANES], common[LANES], ln_sigma[LANES];
    float *e1 = e, *e2 = e + room, *e3 = e + 2 * room;
    int32_t struck[LANES], regime[LANES];
    Hit *hit = malloc(ring * room * sizeof *hit);
    int64_t found[64] = {0}, *total = malloc(ring * LANES * sizeof *total);
    int64_t *whole = malloc((room + LANES) * sizeof *whole);
    int64_t *of_block = malloc((areas + 1) * (horizon + 1) * sizeof *of_block);
    int64_t *country_inside = malloc(country_defs * LANES * sizeof *country_inside);
    int64_t *area_inside = malloc(area_defs * room * sizeof *area_inside);
    int32_t *country_met = malloc(country_defs * LANES * sizeof *country_met);
    int32_t *area_met = malloc(area_defs * room * sizeof *area_met);

    for (int64_t block = 0; block < blocks; block++) {
        const uint64_t future = block * LANES;
        for (int k = 0; k < 3; k++)
            for (int64_t at = 0; at < room; at++) e[k * room + at] = start[k * areas + at / LANES];
        for (int lane = 0; lane < LANES; lane++) {
            float u = uniform(key_start, (future + lane) << 12);
            regime[lane] = (u >= start_regime[0]) + (u >= start_regime[0] + start_regime[1]);
        }
        memset(whole, 0, (room + LANES) * sizeof *whole);
        memset(of_block, 0, (areas + 1) * (horizon + 1) * sizeof *of_block);
        for (int64_t k = 0; k < country_defs * LANES; k++) country_met[k] = horizon;
        for (int64_t k = 0; k < area_defs * room; k++) area_met[k] = horizon;
        for (int64_t d = 0; d < country_defs; d++) {
            int64_t sum = 0;
            for (int64_t i = 0; i < areas; i++)
                for (int64_t m = behind - country_window[d] + 1; m < behind; m++) sum += observed[i * behind + m];
            for (int lane = 0; lane < LANES; lane++) country_inside[d * LANES + lane] = sum;
        }
        for (int64_t d = 0; d < area_defs; d++)
            for (int64_t i = 0; i < areas; i++) {
                int64_t sum = 0;
                for (int64_t m = behind - area_window[d] + 1; m < behind; m++) sum += observed[i * behind + m];
                for (int lane = 0; lane < LANES; lane++) area_inside[d * room + i * LANES + lane] = sum;
            }

        for (int64_t t = 0; t < horizon; t++) {
            const int64_t now = t % ring;
            Hit *hits = hit + now * room;
            int64_t n = 0;
            for (int lane = 0; lane < LANES; lane++) {
                float u = uniform(key_regime, (future + lane) << 12 | t);
                int was = regime[lane];
                int up = (was == 0 && 1 - u < moves[4 * t]) || (was == 1 && 1 - u < moves[4 * t + 2]);
                int down = (was == 1 && u < moves[4 * t + 1]) || (was == 2 && u < moves[4 * t + 3]);
                regime[lane] = was + up - down;
                regimes[3 * t + regime[lane]]++;
            }
            for (int lane = 0; lane < LANES; lane++) country[lane] = 0;
            for (int64_t i = 0; i < areas; i++)
                for (int lane = 0; lane < LANES; lane++) country[lane] += e1[i * LANES + lane];
            for (int lane = 0; lane < LANES; lane++) {
                country[lane] /= areas;
                common[lane] = b[5] * country[lane] + lift[regime[lane]];
                ln_sigma[lane] = c[0] + c[4] * country[lane] + psi * lift[regime[lane]];
            }
            for (int64_t i = 0; i < areas; i++) {
                const float *f1 = e1 + i * LANES, *f2 = e2 + i * LANES, *f3 = e3 + i * LANES;
                for (int lane = 0; lane < LANES; lane++) near[lane] = 0;
                for (int64_t k = 0; k < neighbours; k++) {
                    const float w = near_weight[i * neighbours + k], *g = e1 + near_index[i * neighbours + k] * LANES;
                    for (int lane = 0; lane < LANES; lane++) near[lane] += w * g[lane];
                }
                const float base = b[0] + level[i];
                for (int lane = 0; lane < LANES; lane++) {
                    float x = base + b[1] * f1[lane] + b[2] * f2[lane] + b[3] * f3[lane] + b[4] * near[lane] + common[lane];
                    x = x > 15 ? 15 : x;
                    x = x < -15 ? -15 : x;
                    struck[lane] = uniform(key_any[i], (future + lane) << 12 | t) * (1 + exp_row(-x)) < 1;
                }
                for (int lane = 0; lane < LANES; lane++)
                    if (struck[lane]) {
                        float ln = ln_sigma[lane] + LEVEL_SHARE * level[i] + c[1] * f1[lane] + c[2] * f2[lane] + c[3] * f3[lane];
                        float u = uniform(key_size[i], (future + lane) << 12 | t);
                        float size = expf(ln) / xi * expm1f(-xi * logf(u));
                        hits[n].place = i * LANES + lane;
                        hits[n].deaths = size >= most ? most : 1 + (int64_t)size;
                        n++;
                    }
            }
            for (int k = 0; k < 3; k++)
                for (int64_t at = 0; at < room; at++) e[k * room + at] *= decay[k];
            int64_t *month = total + now * LANES;
            memset(month, 0, LANES * sizeof *month);
            for (int64_t h = 0; h < n; h++) {
                const int64_t at = hits[h].place, y = hits[h].deaths, i = at / LANES;
                float added = y >= 60 ? bound : log1pf(y);
                e1[at] += (1 - decay[0]) * added;
                e2[at] += (1 - decay[1]) * added;
                e3[at] += (1 - decay[2]) * added;
                month[at % LANES] += y;
                whole[at] += y;
                of_block[i * (horizon + 1) + t] += y;
                months[(i * horizon + t) * bins + bin_of(y, edges, bins, table)]++;
            }
            found[now] = n;
            for (int lane = 0; lane < LANES; lane++) {
                whole[room + lane] += month[lane];
                of_block[areas * (horizon + 1) + t] += month[lane];
                months[(areas * horizon + t) * bins + bin_of(month[lane], edges, bins, table)]++;
            }
            for (int64_t d = 0; d < country_defs; d++) {
                const int64_t left = t - country_window[d] + 1;
                int64_t *inside = country_inside + d * LANES, gone = 0;
                if (left < 0)
                    for (int64_t i = 0; i < areas; i++) gone += observed[i * behind + behind + left];
                for (int lane = 0; lane < LANES; lane++) {
                    inside[lane] += month[lane];
                    if (inside[lane] >= country_bar[d] && country_met[d * LANES + lane] == horizon)
                        country_met[d * LANES + lane] = t;
                    inside[lane] -= left < 0 ? gone : total[left % ring * LANES + lane];
                }
            }
            for (int64_t d = 0; d < area_defs; d++) {
                const int64_t left = t - area_window[d] + 1;
                int64_t *inside = area_inside + d * room;
                int32_t *met = area_met + d * room;
                if (t == 0)
                    for (int64_t at = 0; at < room; at++)
                        if (inside[at] >= area_bar[d * areas + at / LANES]) met[at] = 0;
                for (int64_t h = 0; h < n; h++) {
                    const int64_t at = hits[h].place;
                    inside[at] += hits[h].deaths;
                    if (inside[at] >= area_bar[d * areas + at / LANES] && met[at] == horizon) met[at] = t;
                }
                if (left >= 0) {
                    const Hit *old = hit + left % ring * room;
                    for (int64_t h = 0; h < found[left % ring]; h++) inside[old[h].place] -= old[h].deaths;
                } else
                    for (int64_t at = 0; at < room; at++) inside[at] -= observed[at / LANES * behind + behind + left];
            }
        }

        for (int64_t i = 0; i <= areas; i++) {
            int64_t *row = of_block + i * (horizon + 1);
            for (int lane = 0; lane < LANES; lane++) totals[i * bins + bin_of(whole[i * LANES + lane], edges, bins, table)]++;
            for (int64_t t = 0; t < horizon; t++) row[horizon] += row[t];
            for (int64_t t = 0; t <= horizon; t++) {
                int64_t y = row[t] < 3000000000 ? row[t] : 3000000000;
                deaths[i * (horizon + 1) + t] += row[t];
                square[i * (horizon + 1) + t] += y * y & 0xFFFFFFFF;
                square[(areas + 1 + i) * (horizon + 1) + t] += y * y >> 32;
            }
        }
        for (int64_t unit = 0; unit < country_defs + area_defs * areas; unit++) {
            const int is_area = unit >= country_defs;
            const int64_t at = is_area ? unit - country_defs : unit;
            const int32_t *met = (is_area ? area_met : country_met) + at * LANES;
            int64_t *first = (is_area ? area_first : country_first) + at * (horizon + 1);
            int64_t *spread = (is_area ? area_spread : country_spread) + at * marks * (LANES + 1);
            for (int lane = 0; lane < LANES; lane++) first[met[lane]]++;
            for (int64_t k = 0; k < marks; k++) {
                int by = 0;
                for (int lane = 0; lane < LANES; lane++) by += met[lane] < mark[k];
                spread[k * (LANES + 1) + by]++;
            }
        }
    }
    free(e); free(hit); free(total); free(whole); free(of_block);
    free(country_inside); free(area_inside); free(country_met); free(area_met);
}
