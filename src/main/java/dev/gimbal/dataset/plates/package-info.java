/// Generated dishes: a drawn picture and a written recipe of one plate, both governed by the eight
/// food factors of Kim et al. 2020 (Sec. 3.6), each with nuisance of its own. Levels come first
/// ([dev.gimbal.dataset.plates.FoodFactors]), the drawing and the recipe are made from them.
@org.jspecify.annotations.NullMarked
package dev.gimbal.dataset.plates;
