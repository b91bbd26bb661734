package consensus

import (
	"math"
	"math/rand/v2"
)

// Student is the distribution function of Student's t with the given degrees
// of freedom, more than 0; +Inf is the normal one.
func Student(x, freedom float64) float64 { return newStudent(freedom)(x) }

// newStudent does once what depends on the degrees of freedom only. From 500 of
// them on it goes by Wallace, Annals of Mathematical Statistics 30 (1959), to
// about 1e-7; below exactly.
func newStudent(freedom float64) func(x float64) float64 {
	if math.IsInf(freedom, 1) {
		return Normal
	}
	if freedom >= 500 {
		return func(x float64) float64 {
			return Normal(math.Copysign((8*freedom+1)/(8*freedom+3)*math.Sqrt(freedom*math.Log1p(x*x/freedom)), x))
		}
	}
	tail := newBeta(freedom/2, 0.5)
	return func(x float64) float64 {
		switch half := tail(freedom/(freedom+x*x)) / 2; {
		case math.IsNaN(x):
			return x
		case x > 0:
			return 1 - half
		default:
			return half
		}
	}
}

// Normal is the distribution function of the standard normal.
func Normal(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// newBeta is the regularised incomplete beta function x ↦ I_x(a, b), by Lentz's
// continued fraction (Press et al., Numerical Recipes, §6.4).
func newBeta(a, b float64) func(x float64) float64 {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	constant := lab - la - lb
	return func(x float64) float64 {
		switch {
		case !(x > 0):
			return 0
		case x >= 1:
			return 1
		case x > (a+1)/(a+b+2):
			return 1 - math.Exp(constant+a*math.Log(x)+b*math.Log1p(-x))/b*fraction(1-x, b, a)
		}
		return math.Exp(constant+a*math.Log(x)+b*math.Log1p(-x)) / a * fraction(x, a, b)
	}
}

func fraction(x, a, b float64) float64 {
	c, d := 1.0, 1/nonzero(1-(a+b)*x/(a+1))
	f := d
	for k := 1.0; k < 300; k++ {
		step := k * (b - k) * x / ((a + 2*k - 1) * (a + 2*k))
		d, c = 1/nonzero(1+step*d), nonzero(1+step/c)
		f *= c * d
		step = -(a + k) * (a + b + k) * x / ((a + 2*k) * (a + 2*k + 1))
		d, c = 1/nonzero(1+step*d), nonzero(1+step/c)
		f *= c * d
		if math.Abs(c*d-1) < 1e-13 {
			break
		}
	}
	return f
}

func nonzero(x float64) float64 {
	if math.Abs(x) < 1e-300 {
		return 1e-300
	}
	return x
}

// gamma draws from the gamma distribution of the given shape and scale 1
// (Marsaglia and Tsang, ACM TOMS 26, 2000).
func gamma(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(rng, shape+1) * math.Pow(1-rng.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(1-rng.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
