package models

import "fmt"

// Fen is money in whole fen (1/100 yuan). People read and write 万元 (10,000 yuan).
type Fen int64

// Wan is one 万元.
const Wan Fen = 1_000_000

// MaxFen bounds a single sum at 1,000 亿元, far above any bounty and far below overflow.
const MaxFen Fen = 100_000_000 * Wan / 10

// String writes 万元 with at most two decimals, e.g. "1600 万元"; smaller parts stay as yuan.
func (f Fen) String() string {
	if f%(Wan/100) == 0 {
		whole, cents := f/Wan, (f%Wan)/(Wan/100)
		switch {
		case cents == 0:
			return fmt.Sprintf("%d 万元", whole)
		case cents%10 == 0:
			return fmt.Sprintf("%d.%d 万元", whole, cents/10)
		default:
			return fmt.Sprintf("%d.%02d 万元", whole, cents)
		}
	}
	return fmt.Sprintf("%d.%02d 元", f/100, f%100)
}
