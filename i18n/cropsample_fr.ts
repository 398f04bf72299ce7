<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
  <context>
    <name>Adjudicate</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_texts.py" />
      <source>{} % sure</source>
      <translation>sûr à {} %</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_texts.py" />
      <source>{:.0f} s</source>
      <translation>{:.0f} s</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_texts.py" />
      <source>(agrees with most in {:.0f} %)</source>
      <translation>(d'accord avec la plupart dans {:.0f} % des cas)</translation>
    </message>
  </context>
  <context>
    <name>AdjudicateDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>Adjudicate</source>
      <translation>Trancher</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>The sample looked at is not in dispute. [N] leads to the next that is.</source>
      <translation>L'échantillon regardé n'est pas en litige. [N] mène au prochain qui l'est.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>Nothing is in dispute.</source>
      <translation>Rien n'est en litige.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>Open a labeling session to settle its disputes.</source>
      <translation>Ouvrez une session d'étiquetage pour trancher ses litiges.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>This session is blind: its disputes are settled by {}.</source>
      <translation>Cette session est à l'aveugle : ses litiges sont tranchés par {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>nobody, for no adjudicator is named</source>
      <translation>personne, car aucun arbitre n'est nommé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>As most say</source>
      <translation>Comme la plupart</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>As the reliable say</source>
      <translation>Comme les plus fiables</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>Undo</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>Comment; Enter leads back</source>
      <translation>Commentaire ; Entrée ramène ici</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>{} of {}</source>
      <translation>{} sur {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>{} in dispute, {} settled</source>
      <translation>{} en litige, {} tranchés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>Sample {}</source>
      <translation>Échantillon {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>stratum {}</source>
      <translation>strate {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>settled as {} by {}</source>
      <translation>tranché comme {} par {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>a tie</source>
      <translation>égalité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_dock.py" />
      <source>Most say: {} · weighted by reliability: {}</source>
      <translation>La plupart disent : {} · pondéré par la fiabilité : {}</translation>
    </message>
  </context>
  <context>
    <name>AdjudicateForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_form.py" />
      <source>Agreement</source>
      <translation>Accord</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_form.py" />
      <source>Previous dispute</source>
      <translation>Litige précédent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_form.py" />
      <source>Next dispute</source>
      <translation>Litige suivant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_form.py" />
      <source>Settled ones too</source>
      <translation>Aussi ceux qui sont tranchés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_form.py" />
      <source>Labels of this sample</source>
      <translation>Étiquettes de cet échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/adjudicate_form.py" />
      <source>Comment on the decision</source>
      <translation>Commentaire sur la décision</translation>
    </message>
  </context>
  <context>
    <name>AgreementWidget</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>This session is blind: only its adjudicators see how far labelers agree.</source>
      <translation>Cette session est à l'aveugle : seuls ses arbitres voient à quel point les annotateurs concordent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>No session is open.</source>
      <translation>Aucune session n'est ouverte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>No sample has labels of two labelers yet.</source>
      <translation>Aucun échantillon n'a encore d'étiquettes de deux annotateurs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>{} samples with several labels, {} of them unanimous · Fleiss' kappa {}</source>
      <translation>{} échantillons avec plusieurs étiquettes, dont {} unanimes · kappa de Fleiss {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>With most of the others</source>
      <translation>Avec la plupart des autres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>{} labels</source>
      <translation>{} étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>Two by two</source>
      <translation>Deux à deux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>Agreement of labelers</source>
      <translation>Concordance des annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>Labelers</source>
      <translation>Annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>Agree</source>
      <translation>Concordance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/agreement_widget.py" />
      <source>Kappa</source>
      <translation>Kappa</translation>
    </message>
  </context>
  <context>
    <name>AssessAccuracyAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Assess accuracy</source>
      <translation>Évaluer l'exactitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Accuracies and areas of a map with standard errors and intervals, from a probability sample.</source>
      <translation>Exactitudes et superficies d'une carte avec erreurs types et intervalles, à partir d'un échantillon probabiliste.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Compares a class map with reference samples and estimates overall, user's and producer's accuracy, F1 and the area of every class in hectares, each with standard error and confidence interval of the design by which the samples were drawn. Areas come from the reference, not from counting pixels; pixels count with their true area.

Rows of the error matrix are map classes, columns reference classes. Samples that cannot be used are listed with the reason. Training samples, representative sets and proposals are refused: they prove nothing.</source>
      <translation>Compare une carte des classes à des échantillons de référence et estime l'exactitude globale, les précisions utilisateur et producteur, le F1 et la superficie de chaque classe en hectares, avec l'erreur type et l'intervalle de confiance du plan selon lequel les échantillons ont été tirés. Les superficies viennent de la référence, non d'un comptage des pixels ; les pixels comptent avec leur superficie vraie.

Les lignes de la matrice de confusion sont les classes de la carte, les colonnes celles de la référence. Les échantillons inutilisables sont listés avec la raison. Les échantillons d'entraînement, les jeux représentatifs et les propositions sont refusés : ils ne prouvent rien.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Map</source>
      <translation>Carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Raster of classes; of probabilities or shares together with a threshold.</source>
      <translation>Raster de classes ; de probabilités ou de parts avec un seuil.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Strata</source>
      <translation>Strates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Raster of the strata the samples were drawn from, on the map's grid. Empty: the map's classes.</source>
      <translation>Raster des strates où les échantillons ont été tirés, sur la grille de la carte. Vide : les classes de la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Strata without samples</source>
      <translation>Strates sans échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>refuse: stop; leave_out: the estimates hold for the rest of the map, and say so.</source>
      <translation>refuse : s'arrêter ; leave_out : les estimations valent pour le reste de la carte, et le disent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Class names</source>
      <translation>Noms des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Names of map values, such as 1=maize, 5=wheat, or a CSV file with value and name; one name for more values merges them. Empty: category names, attribute table or style of the map.</source>
      <translation>Noms des valeurs de la carte, par exemple 1=maïs, 5=blé, ou un fichier CSV avec valeur et nom ; un même nom pour plusieurs valeurs les fusionne. Vide : noms de catégories, table d'attributs ou style de la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Label fields</source>
      <translation>Champs d'étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Instead of the class field: one field per labeler. Their disagreement widens the intervals.</source>
      <translation>Au lieu du champ de classe : un champ par annotateur. Leurs désaccords élargissent les intervalles.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Threshold</source>
      <translation>Seuil</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>For a map of probabilities or shares: from this value on it is class 1, below class 0. 'choose' takes the one with the largest F1 on the reference, and says that accuracies are optimistic then.</source>
      <translation>Pour une carte de probabilités ou de parts : à partir de cette valeur c'est la classe 1, au-dessous la classe 0. « choose » prend le seuil au plus grand F1 sur la référence, et dit que les exactitudes sont alors optimistes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Regions</source>
      <translation>Régions</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Polygons, such as districts, to assess one by one as well.</source>
      <translation>Polygones, des districts par exemple, à évaluer aussi un par un.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Region field</source>
      <translation>Champ de région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Field with the names of the regions; polygons of one name are one region.</source>
      <translation>Champ des noms des régions ; les polygones de même nom forment une région.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Accuracy and areas</source>
      <translation>Exactitude et superficies</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Table with a row per region and class: accuracies and areas, errors, ends of intervals.</source>
      <translation>Table avec une ligne par région et classe : exactitudes et superficies, erreurs, bornes des intervalles.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Error matrix</source>
      <translation>Matrice de confusion</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Table with a row per map class, columns per reference class: samples, and shares of the area.</source>
      <translation>Table avec une ligne par classe de la carte, des colonnes par classe de référence : échantillons, et parts de la superficie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Samples left out</source>
      <translation>Échantillons non utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Table of samples that were not used, with the reason.</source>
      <translation>Table des échantillons qui n'ont pas été utilisés, avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Tables, pictures, and how many more samples would halve the widest intervals, as a page to read.</source>
      <translation>Tables, graphiques, et combien d'échantillons de plus réduiraient de moitié les intervalles les plus larges, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Table to print</source>
      <translation>Table à imprimer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>CSV files (*.csv)</source>
      <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>The results as text with ± and intervals, ready for a publication.</source>
      <translation>Les résultats en texte avec ± et intervalles, prêts pour une publication.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>overall accuracy, 0 to 1</source>
      <translation>exactitude globale, de 0 à 1</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>its standard error</source>
      <translation>son erreur type</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>lower end of its interval</source>
      <translation>borne inférieure de son intervalle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>upper end of its interval</source>
      <translation>borne supérieure de son intervalle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>mean of the classes' F1</source>
      <translation>moyenne des F1 des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>assessed area in hectares</source>
      <translation>superficie évaluée en hectares</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>number of samples used</source>
      <translation>nombre d'échantillons utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>number of samples that would halve the widest interval of an area</source>
      <translation>nombre d'échantillons qui réduiraient de moitié le plus large intervalle d'une superficie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>threshold, where one was used</source>
      <translation>seuil, s'il y en a un</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Give either the class field, or label fields of several labelers.</source>
      <translation>Donnez soit le champ de classe, soit les champs d'étiquettes de plusieurs annotateurs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/assess_accuracy.py" />
      <source>Give strata as a raster or as a field, not both.</source>
      <translation>Donnez les strates comme raster ou comme champ, pas les deux.</translation>
    </message>
  </context>
  <context>
    <name>BuildTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Build time series</source>
      <translation>Construire une série temporelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Makes one dated stack out of rasters of many dates.</source>
      <translation>Fait une pile datée de rasters de plusieurs dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Makes one dated stack out of the rasters you have: one file per date with one or many bands, one file per band with dates as bands, an undated Earth Engine export, netCDF, or Sentinel-2 files. The result is a small VRT that refers to your files, with bands named like '2019-03-15 B04'; nothing is copied.

Dates are found in band descriptions, file names, side files and metadata. Where none is found, the error names the file and what was tried; give a date pattern, or a start date and a period.</source>
      <translation>Fait une pile datée des rasters que vous avez : un fichier par date à une ou plusieurs bandes, un fichier par bande avec les dates comme bandes, un export Earth Engine sans dates, du netCDF, ou des fichiers Sentinel-2. Le résultat est un petit VRT qui renvoie à vos fichiers, aux bandes nommées comme « 2019-03-15 B04 » ; rien n'est copié.

Les dates sont cherchées dans les descriptions des bandes, les noms de fichiers, les fichiers annexes et les métadonnées. S'il n'y en a pas, l'erreur nomme le fichier et ce qui a été essayé ; donnez un motif de date, ou une date de début et une période.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>The dated stack, a .vrt file that refers to the input files by relative paths.</source>
      <translation>La pile datée, un fichier .vrt qui renvoie aux fichiers d'entrée par des chemins relatifs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>number of bands per date</source>
      <translation>nombre de bandes par date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Rasters</source>
      <translation>Rasters</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>The rasters of the time series. Give these or a folder.</source>
      <translation>Les rasters de la série temporelle. Donnez ceux-ci ou un dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Folder with rasters</source>
      <translation>Dossier de rasters</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>A folder all of whose rasters, in its subfolders too, belong to the time series.</source>
      <translation>Un dossier dont tous les rasters, sous-dossiers compris, font partie de la série temporelle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Date pattern</source>
      <translation>Motif de date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>How dates are written in file or band names, with %Y year, %m month, %d day, %j day of the year, such as 'S2_%Y%m%d'. Empty: recognised.</source>
      <translation>Écriture des dates dans les noms de fichiers ou de bandes, avec %Y année, %m mois, %d jour, %j jour de l'année, par exemple « S2_%Y%m%d ». Vide : reconnue.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Bands</source>
      <translation>Bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Names of the bands to take, or names for bands that have none, separated by commas. Empty: all.</source>
      <translation>Noms des bandes à prendre, ou noms pour des bandes qui n'en ont pas, séparés par des virgules. Vide : toutes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Start date of undated input</source>
      <translation>Date de début des entrées sans date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Date of the first time step, for input whose files do not say.</source>
      <translation>Date du premier pas de temps, pour des fichiers qui ne la disent pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Period of undated input [days]</source>
      <translation>Période des entrées sans date [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Days from one time step to the next, for input whose files do not say; 0: dates are in the files.</source>
      <translation>Jours d'un pas de temps au suivant, pour des fichiers qui ne le disent pas ; 0 : les dates sont dans les fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Scale</source>
      <translation>Échelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Physical value = stored value x scale + offset. Empty: as the files say.</source>
      <translation>Valeur physique = valeur stockée x échelle + décalage. Vide : selon les fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Offset</source>
      <translation>Décalage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Nodata value</source>
      <translation>Valeur nodata</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Stored value that means missing. Empty: as the files say.</source>
      <translation>Valeur stockée qui signifie « absent ». Vide : selon les fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Files on different grids</source>
      <translation>Fichiers sur des grilles différentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>What to do with files of another CRS, origin or extent: refuse them, or warp them by VRT.</source>
      <translation>Que faire des fichiers d'un autre SCR, d'une autre origine ou d'une autre emprise : les refuser, ou les reprojeter par VRT.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>Resampling</source>
      <translation>Rééchantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>How bands of a coarser or finer pixel size are brought to the stack's pixels.</source>
      <translation>Comment les bandes à pixels plus grands ou plus petits sont ramenées aux pixels de la pile.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>There is no input. Give the rasters of the time series or the folder that holds them.</source>
      <translation>Il n'y a pas d'entrée. Donnez les rasters de la série temporelle ou le dossier qui les contient.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/build_time_series.py" />
      <source>A period is given without a start date. Give both, or neither.</source>
      <translation>Une période est donnée sans date de début. Donnez les deux, ou aucune.</translation>
    </message>
  </context>
  <context>
    <name>ChainPage</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>Where {} comes from</source>
      <translation>D'où vient {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>Made again</source>
      <translation>Refait</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>{} steps, {} input files: {} unchanged, {} changed, {} missing.</source>
      <translation>{} étapes, {} fichiers d'entrée : {} inchangés, {} modifiés, {} manquants.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>Made by</source>
      <translation>Fait par</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>unchanged</source>
      <translation>inchangé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>changed since</source>
      <translation>modifié depuis</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>missing</source>
      <translation>manquant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>No input files.</source>
      <translation>Pas de fichiers d'entrée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>Input</source>
      <translation>Entrée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>Now</source>
      <translation>Maintenant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>SHA-256</source>
      <translation>SHA-256</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>Path</source>
      <translation>Chemin</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>Parameters</source>
      <translation>Paramètres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>selected features only</source>
      <translation>entités sélectionnées uniquement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/chain_page.py" />
      <source>Results</source>
      <translation>Résultats</translation>
    </message>
  </context>
  <context>
    <name>ClassMatchTable</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_classes.py" />
      <source>Classes of the file and of the session</source>
      <translation>Classes du fichier et de la session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_classes.py" />
      <source>In the file</source>
      <translation>Dans le fichier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_classes.py" />
      <source>Rows</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_classes.py" />
      <source>In the session</source>
      <translation>Dans la session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_classes.py" />
      <source>Class of {}</source>
      <translation>Classe de {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_classes.py" />
      <source>not taken</source>
      <translation>non reprise</translation>
    </message>
  </context>
  <context>
    <name>ClassProfileChoice</name>
    <message>
      <location filename="../cropsample_plugin/gui/class_profile_choice.py" />
      <source>Average the series of each class</source>
      <translation>Moyenner les séries de chaque classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/class_profile_choice.py" />
      <source>Averaging the series of each class…</source>
      <translation>Calcul de la moyenne des séries de chaque classe…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/class_profile_choice.py" />
      <source>No sample has both a class and a series.</source>
      <translation>Aucun échantillon n'a à la fois une classe et une série.</translation>
    </message>
  </context>
  <context>
    <name>ClassTable</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_table.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_table.py" />
      <source>Colour</source>
      <translation>Couleur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_table.py" />
      <source>Class</source>
      <translation>Classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_table.py" />
      <source>Key</source>
      <translation>Touche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_table.py" />
      <source>Target</source>
      <translation>Objectif</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_table.py" />
      <source>Description</source>
      <translation>Description</translation>
    </message>
  </context>
  <context>
    <name>CompareMapsAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Compare maps</source>
      <translation>Comparer des cartes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Judges several maps by one reference, and says where and how far they differ.</source>
      <translation>Juge plusieurs cartes d'après une même référence, et dit où et de combien elles diffèrent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Puts several maps, each with its legend, grid and year, before one reference: F1, accuracy, user's and producer's accuracy of each with their errors, and the difference of every two with its interval. Errors that two maps share do not blur their difference.

Maps are also compared with one another, pixel by pixel on the grid of the first: agreement, majority vote, and what changed from the first map to the second, with an interval where the reference knows the class at both times.</source>
      <translation>Met plusieurs cartes, chacune avec sa légende, sa grille et son année, devant une même référence : F1, exactitude, précisions utilisateur et producteur de chacune avec leurs erreurs, et la différence de chaque paire avec son intervalle. Les erreurs que deux cartes partagent ne brouillent pas leur différence.

Les cartes sont aussi comparées entre elles, pixel par pixel sur la grille de la première : accord, vote majoritaire, et ce qui a changé de la première carte à la deuxième, avec un intervalle si la référence connaît la classe aux deux dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Maps</source>
      <translation>Cartes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Two or more maps. The first gives the grid; change is counted from the first to the second.</source>
      <translation>Deux cartes ou plus. La première donne la grille ; les changements sont comptés de la première à la deuxième.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Crop values of each map</source>
      <translation>Valeurs de culture de chaque carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>What means crop in each map, in their order, with semicolons between: values such as 40 or 1-60, a threshold such as &gt;= 0.5, or one of {}. Empty: maps are compared by the names of their classes.</source>
      <translation>Ce qui signifie culture dans chaque carte, dans leur ordre, séparé par des points-virgules : des valeurs comme 40 ou 1-60, un seuil comme &gt;= 0.5, ou l'un de {}. Vide : les cartes sont comparées par les noms de leurs classes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Names of the maps</source>
      <translation>Noms des cartes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>What the maps are called in tables, with semicolons between. Empty: as their layers or files.</source>
      <translation>Comment nommer les cartes dans les tables, séparés par des points-virgules. Vide : comme leurs couches ou fichiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Crop labels</source>
      <translation>Étiquettes de culture</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Labels of the reference that mean crop, with commas between, such as maize, rice or 1.</source>
      <translation>Étiquettes de la référence qui signifient culture, séparées par des virgules, par exemple maïs, riz ou 1.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Earlier class field</source>
      <translation>Champ de classe antérieure</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Field with the true class at the time of the first map, for the area of change.</source>
      <translation>Champ de la classe vraie à la date de la première carte, pour la superficie des changements.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Scores</source>
      <translation>Scores</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Table with a row per map and one for the vote; of pairs of maps without a reference.</source>
      <translation>Table avec une ligne par carte et une pour le vote ; par paire de cartes sans référence.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Pairs of maps</source>
      <translation>Paires de cartes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Table with agreement, and difference of accuracy and F1, of every two maps.</source>
      <translation>Table de l'accord, et de la différence d'exactitude et de F1, des cartes deux à deux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Changes</source>
      <translation>Changements</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Table of areas by class of the first and class of the second map.</source>
      <translation>Table des superficies par classe de la première et classe de la deuxième carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Scores, differences and areas as a page to read.</source>
      <translation>Scores, différences et superficies en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Agreement</source>
      <translation>Accord</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Raster of two bands: maps with the most frequent class, and maps with data.</source>
      <translation>Raster à deux bandes : cartes qui ont la classe la plus fréquente, et cartes qui ont des données.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Majority vote</source>
      <translation>Vote majoritaire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Raster of the class most maps say; crop wins a tie, else the earlier map.</source>
      <translation>Raster de la classe que disent le plus de cartes ; à égalité la culture l'emporte, sinon la carte donnée en premier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Difference</source>
      <translation>Différence</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Raster of the class in the first map and in the second, named in the file.</source>
      <translation>Raster de la classe dans la première carte et dans la deuxième, nommées dans le fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>hectares where every map has data</source>
      <translation>hectares où toutes les cartes ont des données</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>share of them on which all maps agree</source>
      <translation>part de ceux-ci où toutes les cartes s'accordent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>hectares where first and second map differ</source>
      <translation>hectares où la première et la deuxième carte diffèrent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>number of samples used</source>
      <translation>nombre d'échantillons utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>largest overall accuracy of a map</source>
      <translation>plus grande exactitude globale d'une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>{} maps, but crop values of {}. Put semicolons between them.</source>
      <translation>{} cartes, mais des valeurs de culture pour {}. Séparez-les par des points-virgules.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>Choose the class field of the reference.</source>
      <translation>Choisissez le champ de classe de la référence.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>no crop</source>
      <translation>non-culture</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>crop</source>
      <translation>culture</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>{} of {} maps say the same</source>
      <translation>{} cartes sur {} disent la même chose</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/compare_maps.py" />
      <source>{} in both</source>
      <translation>{} dans les deux</translation>
    </message>
  </context>
  <context>
    <name>CompositeTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Composite time series</source>
      <translation>Composer une série temporelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Makes one clear observation per period out of many cloudy ones.</source>
      <translation>Fait une observation claire par période à partir de nombreuses observations nuageuses.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Makes one clear observation per pixel and period out of many acquisitions, some of them cloudy: the least cloudy one (of equal ones the nearest to the middle of the period), the median of each band, the medoid, or the one of largest NDVI. Twelve periods of 30 days are the recipe of the Togo crop map.

Clouds come from a mask: Sentinel-2 SCL or QA60, s2cloudless probability, Landsat QA_PIXEL, or any band with a rule. Periods without a clear observation stay empty; on request a layer says how many there were.</source>
      <translation>Fait une observation claire par pixel et période à partir de nombreuses acquisitions, dont certaines nuageuses : la moins nuageuse (à égalité la plus proche du milieu de la période), la médiane de chaque bande, le médoïde, ou celle au plus grand NDVI. Douze périodes de 30 jours sont la recette de la carte des cultures du Togo.

Les nuages viennent d'un masque : Sentinel-2 SCL ou QA60, probabilité s2cloudless, Landsat QA_PIXEL, ou toute bande avec une règle. Les périodes sans observation claire restent vides ; sur demande, une couche dit combien il y en avait.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Method</source>
      <translation>Méthode</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Which observation of a period is taken; median takes each band by itself.</source>
      <translation>Quelle observation d'une période est prise ; median prend chaque bande pour elle-même.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Composites</source>
      <translation>Composites</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>A dated stack with one date per period, its first day; values as in the input.</source>
      <translation>Une pile datée avec une date par période, son premier jour ; valeurs comme en entrée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>The rows of the series layer with one field per period and band.</source>
      <translation>Les lignes de la couche de séries avec un champ par période et bande.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Observations and gaps</source>
      <translation>Observations et lacunes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Numbers of clear observations and of gaps (cloudy or without data) of each pixel and period.</source>
      <translation>Nombres d'observations claires et de lacunes (nuages ou absence de données) de chaque pixel et période.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>share of pixels and periods without a clear observation</source>
      <translation>part des pixels et périodes sans observation claire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Start date</source>
      <translation>Date de début</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>First day of the first period. Empty: the first date of the series.</source>
      <translation>Premier jour de la première période. Vide : la première date de la série.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Period [days]</source>
      <translation>Période [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Length of a period.</source>
      <translation>Durée d'une période.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>Number of periods</source>
      <translation>Nombre de périodes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/composite_time_series.py" />
      <source>How many periods; 0: as many as the series has.</source>
      <translation>Combien de périodes ; 0 : autant que la série en a.</translation>
    </message>
  </context>
  <context>
    <name>CreateEngineDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Create CropSample's engine</source>
      <translation>Créer le moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>What will be run:</source>
      <translation>Ce qui sera exécuté :</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Commands and their output</source>
      <translation>Les commandes et leurs messages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Looking for Python</source>
      <translation>Recherche de Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Stopping…</source>
      <translation>Arrêt…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Looking for Python 3.11 or newer…</source>
      <translation>Recherche de Python 3.11 ou plus récent…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>&amp;Base Python</source>
      <translation>Python de &amp;base</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Processor (CPU), works everywhere</source>
      <translation>Processeur (CPU), marche partout</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>NVIDIA graphics card (CUDA), larger</source>
      <translation>Carte graphique NVIDIA (CUDA), plus volumineux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>B&amp;uild</source>
      <translation>&amp;Version</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Empty: download from the internet</source>
      <translation>Vide : télécharger depuis internet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Offline &amp;wheel folder</source>
      <translation>Dossier de &amp;wheels hors ligne</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>&amp;Create</source>
      <translation>&amp;Créer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Goes to {folder}. Needs about {needed} GB, {free:.0f} GB are free.</source>
      <translation>Va dans {folder}. Demande environ {needed} Go, {free:.0f} Go sont libres.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Python {}</source>
      <translation>Python {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>None found: name a Python 3.11 or newer</source>
      <translation>Aucun trouvé : indiquez un Python 3.11 ou plus récent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Creating CropSample's engine</source>
      <translation>Création du moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>The engine is ready.</source>
      <translation>Le moteur est prêt.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/create_engine_dialog.py" />
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
  </context>
  <context>
    <name>CropSampleAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Time series</source>
      <translation>Séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Sampling</source>
      <translation>Échantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Label quality</source>
      <translation>Qualité des étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Labeling</source>
      <translation>Étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Training</source>
      <translation>Entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Mapping</source>
      <translation>Cartographie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>Provenance</source>
      <translation>Provenance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/help_text.py" />
      <source>Choices: {}.</source>
      <translation>Choix : {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/help_text.py" />
      <source>Default: {}.</source>
      <translation>Par défaut : {}.</translation>
    </message>
  </context>
  <context>
    <name>CropSamplePlugin</name>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>&amp;Train and map</source>
      <translation>&amp;Entraîner et cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>&amp;Jobs</source>
      <translation>&amp;Travaux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>Time &amp;series</source>
      <translation>&amp;Séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>&amp;Labeling</source>
      <translation>&amp;Étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>Linked &amp;views</source>
      <translation>&amp;Vues liées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>&amp;Adjudicate</source>
      <translation>&amp;Trancher</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>Label &amp;review</source>
      <translation>&amp;Revue des étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>Show &amp;dates as layers…</source>
      <translation>Afficher les &amp;dates comme couches…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/plugin.py" />
      <source>&amp;Options and engine…</source>
      <translation>&amp;Options et moteur…</translation>
    </message>
  </context>
  <context>
    <name>CrossValidateAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Cross-validate</source>
      <translation>Validation croisée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Compares models honestly: on places, parcels or years that they have not seen.</source>
      <translation>Compare des modèles honnêtement : sur des lieux, des parcelles ou des années qu'ils n'ont pas vus.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Trains models again and again, each time without a part of the samples, and scores them on that part: blocks of land, whole parcels, a year, a region, or all that lies far from a starting point. The score of random folds, which tear neighbours apart and flatter, stands beside it.

The report shows the models side by side with the spread over the folds, whether the best is better by more than chance, each class, how many labels are enough, and whether the probabilities mean what they say.</source>
      <translation>Entraîne des modèles encore et encore, chaque fois sans une partie des échantillons, et les évalue sur cette partie : des blocs de terrain, des parcelles entières, une année, une région, ou tout ce qui est loin d'un point de départ. Le score de blocs aléatoires, qui séparent des voisins et flattent, figure à côté.

Le rapport montre les modèles côte à côte avec la dispersion entre les blocs, si le meilleur l'est au-delà du hasard, chaque classe, combien d'étiquettes suffisent, et si les probabilités veulent dire ce qu'elles disent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>The same seed gives the same scores.</source>
      <translation>La même graine donne les mêmes scores.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Models</source>
      <translation>Modèles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>The models to compare, each with its default hyperparameters.</source>
      <translation>Les modèles à comparer, chacun avec ses hyperparamètres par défaut.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>How many labels are enough</source>
      <translation>Combien d'étiquettes suffisent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Also trains with fewer samples, and marks where more of them no longer help.</source>
      <translation>Entraîne aussi avec moins d'échantillons, et marque à partir d'où il ne sert plus d'en ajouter.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Scores</source>
      <translation>Scores</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Scores of each model, fold and class.</source>
      <translation>Scores de chaque modèle, bloc et classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>The models side by side, as a page to read.</source>
      <translation>Les modèles côte à côte, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>Table of the samples that were left out, each with the reason.</source>
      <translation>Table des échantillons écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>model with the best macro F1</source>
      <translation>modèle au meilleur F1 macro</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>mean F1 score of the classes, best model</source>
      <translation>score F1 moyen des classes, meilleur modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>share of held-out samples classified right, best model</source>
      <translation>part des échantillons réservés bien classés, meilleur modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>the same model on random folds, which flatters</source>
      <translation>le même modèle sur des blocs aléatoires, ce qui flatte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>width of the blocks in kilometres</source>
      <translation>largeur des blocs spatiaux en kilomètres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>training samples beyond which the score levels off, 0 while it rises</source>
      <translation>échantillons d'entraînement au-delà desquels le score plafonne, 0 tant qu'il monte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>number of samples used</source>
      <translation>nombre d'échantillons utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/cross_validate.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
  </context>
  <context>
    <name>DateLayers</name>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_task.py" />
      <source>Show dates as layers</source>
      <translation>Afficher les dates comme couches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_task.py" />
      <source>Select a dated stack in the list of layers first: a raster whose bands have dates.</source>
      <translation>Sélectionnez d'abord une pile datée dans la liste des couches : un raster dont les bandes ont des dates.</translation>
    </message>
  </context>
  <context>
    <name>DateLayersDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>Show dates as layers</source>
      <translation>Afficher les dates comme couches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>true colour</source>
      <translation>couleurs naturelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>false colour</source>
      <translation>fausses couleurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>false colour: near infrared, red, green</source>
      <translation>fausses couleurs : proche infrarouge, rouge, vert</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>one band or index of the stack</source>
      <translation>une bande ou un indice de la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>all</source>
      <translation>toutes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>one a month: the one with most data</source>
      <translation>une par mois : celle qui a le plus de données</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>those chosen below</source>
      <translation>celles choisies ci-dessous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>Stack</source>
      <translation>Pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>Show &amp;as</source>
      <translation>Afficher &amp;en</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>&amp;Band</source>
      <translation>&amp;Bande</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>&amp;Dates</source>
      <translation>&amp;Dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/date_layers_dialog.py" />
      <source>No band is known to be red, green and blue: colours cannot be shown.</source>
      <translation>On ne connaît pas de bandes rouge, verte et bleue : les couleurs ne peuvent être affichées.</translation>
    </message>
  </context>
  <context>
    <name>DepartureSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Departure samples</source>
      <translation>Échantillons autour d'un point de départ</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Shows what staying near a starting point costs in representativeness.</source>
      <translation>Montre ce que coûte en représentativité de rester près d'un point de départ.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Chooses the best samples within each radius around a starting point and the same number anywhere, and compares them: the index, the strata missed, and the share of fields that are hardly represented.</source>
      <translation>Choisit les meilleurs échantillons dans chaque rayon autour d'un point de départ et autant n'importe où, et les compare : l'indice, les strates manquées, et la part des parcelles à peine représentées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Objects</source>
      <translation>Objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Fields made by 'Object stratification', or any layer with series or numbers in its fields.</source>
      <translation>Parcelles faites par « Stratification par objets », ou toute couche qui porte des séries ou des nombres dans ses champs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Starting point</source>
      <translation>Point de départ</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Where the survey starts from: click on the map, or write 'x,y [EPSG:4326]'.</source>
      <translation>D'où part la campagne de terrain : cliquez sur la carte, ou écrivez « x,y [EPSG:4326] ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Radii [kilometres]</source>
      <translation>Rayons [kilomètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Distances from the start, separated by commas.</source>
      <translation>Distances au départ, séparées par des virgules.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Number of samples</source>
      <translation>Nombre d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Size of every set.</source>
      <translation>Taille de chaque jeu.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Stratum field</source>
      <translation>Champ de strate</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Field with the kind of each object; without it strata are made.</source>
      <translation>Champ du type de chaque objet ; sans lui, des strates sont construites.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Version of the index</source>
      <translation>Version de l'indice</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>current: the one that the evidence supports; first: the earlier one, for comparison.</source>
      <translation>current : celle que les faits soutiennent ; first : la précédente, pour comparer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>The same seed gives the same sets.</source>
      <translation>La même graine donne les mêmes jeux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>The samples of every set, with the radius they belong to.</source>
      <translation>Les échantillons de chaque jeu, avec le rayon auquel ils appartiennent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>The sets side by side, as a page to read.</source>
      <translation>Les jeux côte à côte, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/departure_samples.py" />
      <source>index of the set that may lie anywhere</source>
      <translation>indice du jeu qui peut se trouver n'importe où</translation>
    </message>
  </context>
  <context>
    <name>DetectSeasonsAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Detect seasons</source>
      <translation>Détecter les saisons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Finds start, peak, end, length and amplitude of each growing season.</source>
      <translation>Trouve le début, le pic, la fin, la durée et l'amplitude de chaque saison de croissance.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Finds the growing seasons of each pixel or row: none, one, two or more a year, across the end of the year and in either hemisphere. A season is a prominent peak of the index; it starts and ends where the curve crosses 20 % of its amplitude.

Seasons that start and end at about the same time get the same id, and a table lists the seasons found. Bare and perennial land has no season, and the result says why. Dates in rasters are days since 1970-01-01.</source>
      <translation>Trouve les saisons de croissance de chaque pixel ou ligne : aucune, une, deux ou plus par an, à cheval sur la fin de l'année et dans les deux hémisphères. Une saison est un pic proéminent de l'indice ; elle commence et finit là où la courbe croise 20 % de son amplitude.

Les saisons qui commencent et finissent à peu près en même temps reçoivent le même identifiant, et une table liste les saisons trouvées. Les sols nus et les terres pérennes n'ont pas de saison, et le résultat dit pourquoi. Les dates dans les rasters sont des jours depuis le 1970-01-01.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Index</source>
      <translation>Indice</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Band, index or formula that grows with greenness, such as NDVI, EVI2 or LAI.</source>
      <translation>Bande, indice ou formule qui croît avec la verdure, par exemple NDVI, EVI2 ou LAI.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Seasons</source>
      <translation>Saisons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Start, peak, end, length and amplitude of each season, number of seasons, and the reason where there is none (1: too few data, 2: bare, 3: perennial, 4: no clear peak, 5: too short or too long).</source>
      <translation>Début, pic, fin, durée et amplitude de chaque saison, nombre de saisons, et la raison quand il n'y en a pas (1 : trop peu de données, 2 : sol nu, 3 : pérenne, 4 : pas de pic net, 5 : trop courte ou trop longue).</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>The rows of the series layer with the parts of each season as fields.</source>
      <translation>Les lignes de la couche de séries avec les éléments de chaque saison comme champs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Season ids</source>
      <translation>Identifiants de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Id of each season as in the table of seasons; 0 is no season.</source>
      <translation>Identifiant de chaque saison comme dans la table des saisons ; 0 : pas de saison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Table of seasons</source>
      <translation>Table des saisons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>One row per season found: id, year, number, mean start, peak and end, length and amplitude.</source>
      <translation>Une ligne par saison trouvée : id, année, numéro, début, pic et fin moyens, durée et amplitude.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>number of different seasons</source>
      <translation>nombre de saisons différentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>number of pixels or rows with a season</source>
      <translation>nombre de pixels ou de lignes avec une saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Smoothing</source>
      <translation>Lissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>auto: Whittaker unless the series is smooth already; none: only gaps are filled.</source>
      <translation>auto : Whittaker sauf si la série est déjà lisse ; none : seules les lacunes sont comblées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Step [days]</source>
      <translation>Pas [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Step of the regular grid on which the curve is smoothed.</source>
      <translation>Pas de la grille régulière sur laquelle la courbe est lissée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Whittaker smoothness</source>
      <translation>Lissage de Whittaker</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>The larger the smoother.</source>
      <translation>Plus il est grand, plus la courbe est lisse.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Least prominence</source>
      <translation>Proéminence minimale</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>How far a peak stands above its valleys, in units of the index.</source>
      <translation>De combien un pic dépasse les creux voisins, en unités de l'indice.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Least prominence [share of range]</source>
      <translation>Proéminence minimale [part de l'étendue]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>The same as share of the range of the series; the larger of both counts.</source>
      <translation>La même en part de l'étendue de la série ; la plus grande des deux compte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Least distance of peaks [days]</source>
      <translation>Distance minimale entre pics [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Of two nearer peaks the higher one counts.</source>
      <translation>De deux pics plus proches, le plus haut compte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Share of amplitude at start and end</source>
      <translation>Part de l'amplitude au début et à la fin</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>A season starts and ends where the curve crosses this share of its amplitude.</source>
      <translation>Une saison commence et finit là où la courbe croise cette part de son amplitude.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Shortest season [days]</source>
      <translation>Saison la plus courte [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Shorter ones do not count.</source>
      <translation>Les plus courtes ne comptent pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Longest season [days]</source>
      <translation>Saison la plus longue [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Longer ones do not count.</source>
      <translation>Les plus longues ne comptent pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Bare below</source>
      <translation>Sol nu au-dessous de</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>A series without a peak that never exceeds this is bare.</source>
      <translation>Une série sans pic qui ne dépasse jamais cette valeur est du sol nu.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Perennial above</source>
      <translation>Pérenne au-dessus de</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>A series without a peak that hardly falls below this is perennial.</source>
      <translation>Une série sans pic qui ne descend guère sous cette valeur est pérenne.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>Most seasons</source>
      <translation>Nombre maximal de saisons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/detect_seasons.py" />
      <source>How many seasons of a series are written, the most prominent; 0: three for each year it lasts.</source>
      <translation>Combien de saisons d'une série sont écrites, les plus proéminentes ; 0 : trois pour chaque année qu'elle dure.</translation>
    </message>
  </context>
  <context>
    <name>EngineAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/base.py" />
      <source>The log is {}</source>
      <translation>Le journal est {}</translation>
    </message>
  </context>
  <context>
    <name>EngineOptionsPage</name>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Checking…</source>
      <translation>Vérification…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Engine</source>
      <translation>Moteur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Training and mapping run in a Python of their own, beside QGIS. Nothing is installed into QGIS's Python.</source>
      <translation>L'entraînement et la cartographie tournent dans un Python à part, à côté de QGIS. Rien n'est installé dans le Python de QGIS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Automatic: the environment CropSample creates</source>
      <translation>Automatique : l'environnement que CropSample crée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>A Python of your own</source>
      <translation>Un Python à vous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Python</source>
      <translation>&amp;Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Path of the Python interpreter</source>
      <translation>Chemin de l'interpréteur Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Choose a Python interpreter</source>
      <translation>Choisir un interpréteur Python</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>State</source>
      <translation>État</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Create engine…</source>
      <translation>&amp;Créer le moteur…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Chec&amp;k</source>
      <translation>&amp;Vérifier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>What it may use</source>
      <translation>Ce qu'il peut utiliser</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>The fastest there is</source>
      <translation>Le plus rapide disponible</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Processor (CPU)</source>
      <translation>Processeur (CPU)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>NVIDIA graphics card (CUDA)</source>
      <translation>Carte graphique NVIDIA (CUDA)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Apple graphics (MPS)</source>
      <translation>Carte graphique Apple (MPS)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Device</source>
      <translation>&amp;Matériel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>All</source>
      <translation>Tous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Processor &amp;threads</source>
      <translation>&amp;Fils du processeur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source> MB</source>
      <translation> Mo</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Default (1500 MB)</source>
      <translation>Par défaut (1500 Mo)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Memory budget</source>
      <translation>Budget de &amp;mémoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Imagery</source>
      <translation>Imagerie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>Catalogues of your own, beside the known ones: a text file in your profile, with an example.</source>
      <translation>Vos propres catalogues, à côté des catalogues connus : un fichier texte dans votre profil, avec un exemple.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/options_page.py" />
      <source>&amp;Edit own catalogues…</source>
      <translation>Modifier vos catalo&amp;gues…</translation>
    </message>
  </context>
  <context>
    <name>EngineProbe</name>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Checking CropSample's engine</source>
      <translation>Vérification du moteur de CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>named here</source>
      <translation>indiqué ici</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>named by CROPSAMPLE_PYTHON</source>
      <translation>indiqué par CROPSAMPLE_PYTHON</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>CropSample's own environment</source>
      <translation>environnement propre à CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Python {version}, {origin}: {path}</source>
      <translation>Python {version}, {origin} : {path}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Packages: {}</source>
      <translation>Paquets : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Devices: {}</source>
      <translation>Matériel : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/engine_state.py" />
      <source>Problem: {}</source>
      <translation>Problème : {}</translation>
    </message>
  </context>
  <context>
    <name>EvaluateRepresentativenessAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Evaluate representativeness</source>
      <translation>Évaluer la représentativité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Says how well existing samples represent all fields, what they miss, and what to add.</source>
      <translation>Dit dans quelle mesure des échantillons existants représentent toutes les parcelles, ce qui leur manque, et ce qu'il faut ajouter.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Computes the representativeness index (CRI) of samples that exist, crowdsourced ones for example, marks the fields and strata that are under- or over-represented, and names the fields that would improve the set most. Several samples in one field count once.</source>
      <translation>Calcule l'indice de représentativité (CRI) d'échantillons existants, participatifs par exemple, marque les parcelles et les strates sous- ou surreprésentées, et nomme les parcelles qui amélioreraient le plus le jeu. Plusieurs échantillons dans une parcelle comptent une fois.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Samples in any CRS; those outside every object are ignored, and counted.</source>
      <translation>Échantillons dans n'importe quel SCR ; ceux qui sont hors de tout objet sont ignorés, et comptés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Objects</source>
      <translation>Objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Fields made by 'Object stratification', or any layer with series or numbers in its fields.</source>
      <translation>Parcelles faites par « Stratification par objets », ou toute couche qui porte des séries ou des nombres dans ses champs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Stratum field</source>
      <translation>Champ de strate</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Field with the kind of each object; without it strata are made.</source>
      <translation>Champ du type de chaque objet ; sans lui, des strates sont construites.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Number of additional samples</source>
      <translation>Nombre d'échantillons supplémentaires</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>How many fields to propose that would improve the set most.</source>
      <translation>Combien proposer de parcelles qui amélioreraient le plus le jeu.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Version of the index</source>
      <translation>Version de l'indice</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>current: the one that the evidence supports; first: the earlier one, for comparison.</source>
      <translation>current : celle que les faits soutiennent ; first : la précédente, pour comparer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>The same seed gives the same proposals.</source>
      <translation>La même graine donne les mêmes propositions.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Representation of the objects</source>
      <translation>Représentation des objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Every object: status of its stratum, how unlike its nearest sample it is, and which one that is.</source>
      <translation>Chaque objet : état de sa strate, à quel point il diffère de l'échantillon le plus proche, et lequel c'est.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Additional samples</source>
      <translation>Échantillons supplémentaires</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>The fields that would improve the set most, best first.</source>
      <translation>Les parcelles qui amélioreraient le plus le jeu, la meilleure d'abord.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>The index, its components, comparison with other sets, and maps, as a page to read.</source>
      <translation>L'indice, ses composantes, la comparaison avec d'autres jeux, et des cartes, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>number of objects that are hardly represented</source>
      <translation>nombre d'objets à peine représentés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/evaluate_representativeness.py" />
      <source>index with the additional samples</source>
      <translation>indice avec les échantillons supplémentaires</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>representativeness of the set, 0 to 1</source>
      <translation>représentativité du jeu, de 0 à 1</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>strata have their share of the samples</source>
      <translation>les strates ont leur part des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>share of strata with a sample</source>
      <translation>part des strates avec un échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>samples are distributed like the objects</source>
      <translation>les échantillons sont distribués comme les objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>objects have a sample close to them in the features</source>
      <translation>les objets ont un échantillon proche d'eux dans les variables</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>objects are like the sample that stands for them</source>
      <translation>les objets ressemblent à l'échantillon qui les représente</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>samples are spread over the map</source>
      <translation>les échantillons sont répartis sur la carte</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>Export labels</source>
      <translation>Exporter les étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>Comments, in which people may be named</source>
      <translation>Les commentaires, où des personnes peuvent être nommées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>Samples without a label too</source>
      <translation>Aussi les échantillons sans étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>Add to the project</source>
      <translation>Ajouter au projet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>{} rows were written to {}.</source>
      <translation>{} lignes ont été écrites dans {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>One row per sample: its class, and how far labelers agree</source>
      <translation>Une ligne par échantillon : sa classe, et à quel point les annotateurs concordent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>One row per label, as 'Label consensus' reads them</source>
      <translation>Une ligne par étiquette, comme les lit « Consensus des étiquettes »</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>leave out</source>
      <translation>omettre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>replace by letters</source>
      <translation>remplacer par des lettres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>write</source>
      <translation>écrire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>&amp;Rows</source>
      <translation>&amp;Lignes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>&amp;Names of labelers</source>
      <translation>&amp;Noms des annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>&amp;File</source>
      <translation>&amp;Fichier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>In this blind session only your own labels are exported.</source>
      <translation>Dans cette session à l'aveugle, seules vos propres étiquettes sont exportées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/export_dialog.py" />
      <source>Points and polygons become two layers of a GeoPackage; CSV and KML are in degrees.</source>
      <translation>Points et polygones deviennent deux couches d'un GeoPackage ; CSV et KML sont en degrés.</translation>
    </message>
  </context>
  <context>
    <name>ExtractTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Extract time series</source>
      <translation>Extraire des séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Reads the series of a dated stack at points and in polygons.</source>
      <translation>Lit les séries d'une pile datée à des points et dans des polygones.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Reads the series of a dated stack at points or in polygons of any CRS and writes one row per sample or pixel, with one field per date and band beside the fields of the input.

Of a polygon its central pixel is read, or random pixels at a distance from its edge. Samples outside the stack, on nodata or twice in the same pixel are counted and listed with the reason, never silently gone.</source>
      <translation>Lit les séries d'une pile datée à des points ou dans des polygones de n'importe quel SCR et écrit une ligne par échantillon ou pixel, avec un champ par date et bande à côté des champs de l'entrée.

D'un polygone est lu son pixel central, ou des pixels aléatoires à distance de son bord. Les échantillons hors de la pile, sur nodata ou deux fois dans le même pixel sont comptés et listés avec la raison, jamais perdus en silence.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>The same seed picks the same pixels.</source>
      <translation>La même graine choisit les mêmes pixels.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Series at samples</source>
      <translation>Séries aux échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>One row per sample or pixel: the fields of the input, then one field per date and band.</source>
      <translation>Une ligne par échantillon ou pixel : les champs de l'entrée, puis un champ par date et bande.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Table of the samples that were left out, each with the reason.</source>
      <translation>Table des échantillons écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of samples with a series</source>
      <translation>nombre d'échantillons avec une série</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>number of rows written</source>
      <translation>nombre de lignes écrites</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Points or polygons in any CRS.</source>
      <translation>Points ou polygones dans n'importe quel SCR.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/extract_time_series.py" />
      <source>A raster made by 'Build time series'.</source>
      <translation>Un raster fait par « Construire une série temporelle ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Pixels per polygon</source>
      <translation>Pixels par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>1: the most central pixel of each polygon; more: that many random pixels, or all there are.</source>
      <translation>1 : le pixel le plus central de chaque polygone ; plus : autant de pixels aléatoires, ou tous ceux qu'il y a.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season start field</source>
      <translation>Champ de début de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Field with the date at which each sample's own season starts. Empty: the whole time axis.</source>
      <translation>Champ de la date à laquelle commence la saison propre à chaque échantillon. Vide : tout l'axe du temps.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season end field</source>
      <translation>Champ de fin de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Field with the date at which each sample's own season ends. Empty: the whole time axis.</source>
      <translation>Champ de la date à laquelle finit la saison propre à chaque échantillon. Vide : tout l'axe du temps.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>A sample's season needs both its start and its end field. Give both, or neither.</source>
      <translation>La saison d'un échantillon demande un champ de début et un champ de fin. Donnez les deux, ou aucun.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season start and end are the same field '{}'. Choose two fields.</source>
      <translation>Le début et la fin de saison sont le même champ « {} ». Choisissez deux champs.</translation>
    </message>
  </context>
  <context>
    <name>ImportDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Import labels</source>
      <translation>Importer des étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Labels and samples</source>
      <translation>Étiquettes et échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>All files</source>
      <translation>Tous les fichiers</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Close tracks to polygons</source>
      <translation>Fermer les traces en polygones</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Save this list...</source>
      <translation>Enregistrer cette liste...</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>a new session</source>
      <translation>une nouvelle session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>The open session has labels that are not saved yet: save them first.</source>
      <translation>La session ouverte a des étiquettes qui ne sont pas encore enregistrées : enregistrez-les d'abord.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>&amp;File</source>
      <translation>&amp;Fichier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>or la&amp;yer</source>
      <translation>ou la c&amp;ouche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>&amp;Into</source>
      <translation>&amp;Vers</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Rows with remarks</source>
      <translation>Lignes avec remarques</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Row</source>
      <translation>Ligne</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Remark</source>
      <translation>Remarque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Value</source>
      <translation>Valeur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Import</source>
      <translation>Importer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>Save this list</source>
      <translation>Enregistrer cette liste</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_dialog.py" />
      <source>'{}' cannot be written: {}.</source>
      <translation>'{}' ne peut pas être écrit : {}.</translation>
    </message>
  </context>
  <context>
    <name>ImportForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>Rows without a class are samples to label</source>
      <translation>Les lignes sans classe sont des échantillons à étiqueter</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>(none)</source>
      <translation>(aucun)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>&amp;Class</source>
      <translation>&amp;Classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>&amp;Name of the sample</source>
      <translation>&amp;Nom de l'échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>&amp;Labeler</source>
      <translation>&amp;Annotateur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>&amp;Date of the label</source>
      <translation>&amp;Date de l'étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>C&amp;onfidence</source>
      <translation>C&amp;onfiance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>Co&amp;mment</source>
      <translation>Co&amp;mmentaire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>Imagery looked at</source>
      <translation>Imagerie regardée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>Time spent</source>
      <translation>Temps passé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>Flag</source>
      <translation>Drapeau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>Coordinate &amp;system</source>
      <translation>&amp;Système de coordonnées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>More fields</source>
      <translation>Autres champs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>L&amp;abeler where the field is empty</source>
      <translation>A&amp;nnotateur là où le champ est vide</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>No class yet for {} of {}: choose one, or they are not taken.</source>
      <translation>Pas encore de classe pour {} sur {} : choisissez-en une, sinon elles ne sont pas reprises.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_form.py" />
      <source>{} more texts are not listed: is this the field of the class?</source>
      <translation>{} autres textes ne sont pas listés : est-ce bien le champ de la classe ?</translation>
    </message>
  </context>
  <context>
    <name>InputChecks</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: there is no file '{}'. Check its name, or choose another.</source>
      <translation>{} : il n'y a pas de fichier « {} ». Vérifiez son nom, ou choisissez-en un autre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: '{}' cannot be read. It may be damaged, or no raster at all.</source>
      <translation>{} : « {} » ne peut être lu. Il est peut-être abîmé, ou n'est pas un raster.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: '{}' cannot be written, only {} files can. Let the file name end with {}.</source>
      <translation>{} : « {} » ne peut être écrit, seuls des fichiers {} le peuvent. Terminez le nom du fichier par {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source> or </source>
      <translation> ou </translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>{}: '{}' is also an input and would be replaced. Choose another file.</source>
      <translation>{} : « {} » est aussi une entrée et serait remplacé. Choisissez un autre fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>Two outputs have the same file '{}'. Choose another file for one of them.</source>
      <translation>Deux sorties ont le même fichier « {} ». Choisissez un autre fichier pour l'une d'elles.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/input_checks.py" />
      <source>'{}' cannot be written: there is no right to write to '{}'. Choose another folder.</source>
      <translation>« {} » ne peut être écrit : pas de droit d'écriture dans « {} ». Choisissez un autre dossier.</translation>
    </message>
  </context>
  <context>
    <name>InputReader</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>The raster '{}' cannot be read. Check that the file exists and opens in QGIS.</source>
      <translation>Le raster « {} » ne peut être lu. Vérifiez que le fichier existe et s'ouvre dans QGIS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>The layer '{}' cannot be read. Check that the file exists and opens in QGIS.</source>
      <translation>La couche « {} » ne peut être lue. Vérifiez que le fichier existe et s'ouvre dans QGIS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>{}: '{}' is no date. Write it as 2019-03-15.</source>
      <translation>{} : « {} » n'est pas une date. Écrivez-la comme 2019-03-15.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_inputs.py" />
      <source>The layer '{}' is no raster file (it comes from '{}'), and the engine reads files only. Export it to a GeoTIFF first (Layer &gt; Save As).</source>
      <translation>La couche « {} » n'est pas un fichier raster (elle vient de « {} »), et le moteur ne lit que des fichiers. Exportez-la d'abord en GeoTIFF.</translation>
    </message>
  </context>
  <context>
    <name>JobsDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>CropSample jobs</source>
      <translation>Travaux CropSample</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Jobs appear here when you train, map or run a CropSample tool of the toolbox.</source>
      <translation>Les travaux apparaissent ici quand vous entraînez, cartographiez ou lancez un outil CropSample.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Jobs</source>
      <translation>Travaux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Log</source>
      <translation>Journal</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Learning &amp;curve</source>
      <translation>Courbe d'&amp;apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>&amp;Log</source>
      <translation>&amp;Journal</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>&amp;Pause</source>
      <translation>&amp;Pause</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>C&amp;ancel</source>
      <translation>&amp;Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Open &amp;report</source>
      <translation>Ouvrir le &amp;rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>L&amp;oad outputs</source>
      <translation>&amp;Charger les sorties</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Open &amp;folder</source>
      <translation>Ouvrir le &amp;dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Re&amp;move</source>
      <translation>&amp;Retirer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>&amp;Continue</source>
      <translation>Con&amp;tinuer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>&amp;Trials</source>
      <translation>&amp;Essais</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Trial</source>
      <translation>Essai</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Trees</source>
      <translation>Arbres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Epoch</source>
      <translation>Époque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Remove job</source>
      <translation>Retirer le travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/jobs_dock.py" />
      <source>Remove this job and its log from the list? The files it made stay where they are.</source>
      <translation>Retirer ce travail et son journal de la liste ? Les fichiers produits restent où ils sont.</translation>
    </message>
  </context>
  <context>
    <name>LabelConsensusAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Label consensus</source>
      <translation>Consensus des étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Merges the labels of several labelers into one per sample and says how far they agree.</source>
      <translation>Fusionne les étiquettes de plusieurs annotateurs en une par échantillon et dit jusqu'où ils s'accordent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Gives every sample the class that most of its labelers gave it, or the likeliest one given how each labeler errs, and says how far labelers agree: by pair with Cohen's kappa, all together with Fleiss' kappa and Krippendorff's alpha. Samples whose labels differ are ranked by how much another look would help.

Labels come with a row per label (sample id, labeler, class), with a column per labeler, or as several layers, one per labeler or set. Exports of Collect Earth Online are read as they are: leave all fields empty. Blank and repeated labels are not counted; each is listed with the reason.

Labelers who agree may still be wrong together: agreement is no accuracy.</source>
      <translation>Donne à chaque échantillon la classe que lui ont donnée le plus de ses annotateurs, ou la plus vraisemblable vu comment chacun se trompe, et dit jusqu'où les annotateurs s'accordent : par paire avec le kappa de Cohen, tous ensemble avec le kappa de Fleiss et l'alpha de Krippendorff. Les échantillons aux étiquettes divergentes sont classés selon l'utilité d'un nouveau regard.

Les étiquettes viennent avec une ligne par étiquette (identifiant de l'échantillon, annotateur, classe), avec une colonne par annotateur, ou en plusieurs couches, une par annotateur ou jeu. Les exports de Collect Earth Online sont lus tels quels : laissez tous les champs vides. Les étiquettes vides ou répétées ne sont pas comptées ; chacune est listée avec la raison.

Des annotateurs d'accord peuvent se tromper ensemble : l'accord n'est pas l'exactitude.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labels</source>
      <translation>Étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Layer or table with the labels; an export of Collect Earth Online as it is.</source>
      <translation>Couche ou table des étiquettes ; un export de Collect Earth Online tel quel.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>More label sets</source>
      <translation>Autres jeux d'étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Further layers with labels of the same samples. Without a labeler field each layer counts as one labeler, under its name.</source>
      <translation>D'autres couches avec des étiquettes des mêmes échantillons. Sans champ d'annotateur, chaque couche compte comme un annotateur, sous son nom.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Sample id field</source>
      <translation>Champ d'identifiant de l'échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field that says which sample a row is about. Empty: 'plotid' in exports of Collect Earth Online, the row itself where there is a column per labeler.</source>
      <translation>Champ qui dit sur quel échantillon porte une ligne. Vide : « plotid » dans les exports de Collect Earth Online, la ligne elle-même quand il y a une colonne par annotateur.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field with the label of a row, text or whole numbers. Empty: the question in exports of Collect Earth Online.</source>
      <translation>Champ de l'étiquette d'une ligne, texte ou nombres entiers. Vide : la question dans les exports de Collect Earth Online.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labeler field</source>
      <translation>Champ d'annotateur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field that says who gave the label of a row. Empty: each layer is one labeler.</source>
      <translation>Champ qui dit qui a donné l'étiquette d'une ligne. Vide : chaque couche est un annotateur.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Label fields</source>
      <translation>Champs d'étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>One field per labeler, where a row holds all labels of a sample; class and labeler fields empty.</source>
      <translation>Un champ par annotateur, quand une ligne porte toutes les étiquettes d'un échantillon ; champs de classe et d'annotateur vides.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Method</source>
      <translation>Méthode</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>majority: the class most labels say; dawid_skene: the likeliest class by a model of each labeler's errors, which takes many samples to learn.</source>
      <translation>majority : la classe que disent le plus d'étiquettes ; dawid_skene : la classe la plus vraisemblable d'après un modèle des erreurs de chaque annotateur, qui demande beaucoup d'échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Ties</source>
      <translation>Égalités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>drop: samples without a decision are left out and listed; keep: they stay, without a class; third_opinion: the arbiter decides them, and the others stay without a class.</source>
      <translation>drop : les échantillons sans décision sont écartés et listés ; keep : ils restent, sans classe ; third_opinion : l'arbitre en décide, et les autres restent sans classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Arbiter</source>
      <translation>Arbitre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Name of the labeler (or field, or layer) whose labels count only where the others are undecided.</source>
      <translation>Nom de l'annotateur (ou du champ, ou de la couche) dont les étiquettes ne comptent que là où les autres sont indécis.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Fewest labels</source>
      <translation>Nombre minimal d'étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labels that a sample needs to get a class.</source>
      <translation>Étiquettes qu'il faut à un échantillon pour recevoir une classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Smallest share</source>
      <translation>Part minimale</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Share of the votes, or probability, that the class needs; 0: just more than any other.</source>
      <translation>Part des votes, ou probabilité, qu'il faut à la classe ; 0 : simplement plus que toute autre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Ordered classes</source>
      <translation>Classes ordonnées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>All classes from low to high with commas between them, where they are ordered: far confusions then weigh more in kappa and alpha.</source>
      <translation>Toutes les classes de la plus basse à la plus haute, séparées par des virgules, quand elles sont ordonnées : les confusions lointaines pèsent alors plus dans kappa et alpha.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Confidence field</source>
      <translation>Champ de confiance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field with how sure the labeler was, a positive number; labels count that much.</source>
      <translation>Champ de l'assurance de l'annotateur, un nombre positif ; les étiquettes comptent d'autant.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Class fields of the further sets</source>
      <translation>Champs de classe des autres jeux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Class field of each further layer with commas between them, where it has another name.</source>
      <translation>Champ de classe de chaque autre couche, séparés par des virgules, quand il a un autre nom.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Merge similar class names</source>
      <translation>Fusionner les noms de classe semblables</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Take names that differ in capitals, spaces or hyphens alone for one class.</source>
      <translation>Prendre pour une seule classe les noms qui ne diffèrent que par les majuscules, les espaces ou les traits d'union.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Sample places</source>
      <translation>Lieux des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Layer with the place of each sample; labels of ids that it does not hold are not counted.</source>
      <translation>Couche du lieu de chaque échantillon ; les étiquettes d'identifiants qu'elle ne contient pas ne sont pas comptées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Id field of the sample places</source>
      <translation>Champ d'identifiant des lieux des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Field with the sample id in that layer. Empty: called as the sample id field.</source>
      <translation>Champ de l'identifiant de l'échantillon dans cette couche. Vide : nommé comme le champ d'identifiant de l'échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Consensus</source>
      <translation>Consensus</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>One row per sample: class, outcome, share of votes, the label of each labeler, rank to look again.</source>
      <translation>Une ligne par échantillon : classe, issue, part des votes, étiquette de chaque annotateur, rang de relecture.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labelers</source>
      <translation>Annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Table of how reliable each labeler is, over all classes and for each.</source>
      <translation>Table de la fiabilité de chaque annotateur, toutes classes confondues et par classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Pairs of labelers</source>
      <translation>Paires d'annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Table of the agreement of every two labelers.</source>
      <translation>Table de l'accord des annotateurs deux à deux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Labels not counted</source>
      <translation>Étiquettes non comptées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Table of labels that were not counted and samples without a decision, each with the reason.</source>
      <translation>Table des étiquettes qui n'ont pas été comptées et des échantillons sans décision, avec la raison de chacun.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Agreement, reliability and the samples to look at again, as a page to read.</source>
      <translation>Accord, fiabilité et échantillons à revoir, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of samples with a class</source>
      <translation>nombre d'échantillons avec une classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of ties</source>
      <translation>nombre d'égalités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of samples whose labels, two or more, all agree</source>
      <translation>nombre d'échantillons dont les étiquettes, deux ou plus, concordent toutes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Fleiss' kappa of all labelers</source>
      <translation>kappa de Fleiss de tous les annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Krippendorff's alpha of all labelers</source>
      <translation>alpha de Krippendorff de tous les annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of samples</source>
      <translation>nombre d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of labelers</source>
      <translation>nombre d'annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>number of labels not counted</source>
      <translation>nombre d'étiquettes non comptées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>Give either label fields, or a class field and label sets, not both.</source>
      <translation>Donnez soit des champs d'étiquettes, soit un champ de classe et des jeux d'étiquettes, pas les deux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/label_consensus.py" />
      <source>A third opinion needs the name of the arbiter.</source>
      <translation>Un troisième avis demande le nom de l'arbitre.</translation>
    </message>
  </context>
  <context>
    <name>LabelReview</name>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_layer.py" />
      <source>The layer '{}' has no field '{}'.</source>
      <translation>La couche « {} » n'a pas de champ « {} ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_layer.py" />
      <source>Choose a layer made by 'Sample quality'.</source>
      <translation>Choisissez une couche faite par « Qualité des échantillons ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_layer.py" />
      <source>Choose the field with the labels that were judged.</source>
      <translation>Choisissez le champ des étiquettes qui ont été jugées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>Remove and Suspect</source>
      <translation>Remove et Suspect</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>Remove</source>
      <translation>Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>Suspect</source>
      <translation>Suspect</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>DataGap</source>
      <translation>DataGap</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>Keep</source>
      <translation>Keep</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>All categories</source>
      <translation>Toutes les catégories</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>Selected in QGIS</source>
      <translation>Sélectionnés dans QGIS</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>no label</source>
      <translation>pas d'étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>suggested: {}</source>
      <translation>proposée : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>sample {}</source>
      <translation>échantillon {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>no reason was given</source>
      <translation>aucune raison n'a été donnée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>prior {}</source>
      <translation>a priori {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>posterior {}</source>
      <translation>a posteriori {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>margin {}</source>
      <translation>marge {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>weight {}</source>
      <translation>poids {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>season {} to {}</source>
      <translation>saison du {} au {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>compared by {}</source>
      <translation>comparé par {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>kept</source>
      <translation>gardé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>relabelled {}</source>
      <translation>réétiqueté {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>rejected</source>
      <translation>rejeté</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>taken back</source>
      <translation>annulé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>{} of {} listed are decided. In all: {} kept, {} relabelled, {} rejected, each saved at once.</source>
      <translation>{} sur {} listés sont décidés. En tout : {} gardés, {} réétiquetés, {} rejetés, chacun enregistré aussitôt.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>{} decisions are on samples that the layer no longer holds ({}); they stay in the file.</source>
      <translation>{} décisions portent sur des échantillons que la couche ne contient plus ({}) ; elles restent dans le fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>{} decisions were made on another label than the sample now has ({}); they do not count.</source>
      <translation>{} décisions ont été prises sur une autre étiquette que celle de l'échantillon maintenant ({}) ; elles ne comptent pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>{} samples: {} kept, {} relabelled, {} rejected (weight 0), {} as computed.</source>
      <translation>{} échantillons : {} gardés, {} réétiquetés, {} rejetés (poids 0), {} comme calculés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>Train with class field '{}' and weight field '{}' of {}</source>
      <translation>Entraîner avec le champ de classe « {} » et le champ de poids « {} » de {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>keep</source>
      <translation>garder</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>label as suggested</source>
      <translation>étiqueter comme proposé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>reject</source>
      <translation>rejeter</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>undo</source>
      <translation>défaire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>next</source>
      <translation>suivant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>previous</source>
      <translation>précédent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>go to a number</source>
      <translation>aller à un numéro</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>comment</source>
      <translation>commentaire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>show on the map again</source>
      <translation>montrer de nouveau sur la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>these keys</source>
      <translation>ces touches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_texts.py" />
      <source>Keys work while this panel has the focus; click into it.</source>
      <translation>Les touches agissent quand ce panneau a le focus ; cliquez dedans.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/review_charts.py" />
      <source>{}, few supported</source>
      <translation>{}, peu étayés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/review_charts.py" />
      <source>season</source>
      <translation>saison</translation>
    </message>
  </context>
  <context>
    <name>LabelReviewDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_dock.py" />
      <source>Label review</source>
      <translation>Revue des étiquettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_dock.py" />
      <source>Choose a layer made by 'Sample quality'.</source>
      <translation>Choisissez une couche faite par « Qualité des échantillons ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_dock.py" />
      <source>Reviewed labels</source>
      <translation>Étiquettes revues</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_dock.py" />
      <source>The layer was removed from the project. Nothing is lost: the decisions are in {}</source>
      <translation>La couche a été retirée du projet. Rien n'est perdu : les décisions sont dans {}</translation>
    </message>
  </context>
  <context>
    <name>LabelReviewForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Judged layer</source>
      <translation>Couche jugée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Judged la&amp;yer</source>
      <translation>Couche &amp;jugée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Fields, series, map and file</source>
      <translation>Champs, séries, carte et fichier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Label field</source>
      <translation>Champ d'étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Sample id field</source>
      <translation>Champ d'identifiant de l'échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Decisions name samples by it. Empty: the feature's own id</source>
      <translation>Les décisions nomment les échantillons par ce champ. Vide : l'identifiant propre à l'entité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Series from another layer</source>
      <translation>Séries d'une autre couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>A dated stack, or a series layer with the same sample ids. Empty: the judged layer's own series</source>
      <translation>Une pile datée, ou une couche de séries aux mêmes identifiants d'échantillon. Vide : les séries de la couche jugée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Series from</source>
      <translation>Séries de</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Scale of the map</source>
      <translation>Échelle de la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Map scale</source>
      <translation>Échelle de la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Reviewer</source>
      <translation>Relecteur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>File of the decisions</source>
      <translation>Fichier des décisions</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Decisions in</source>
      <translation>Décisions dans</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Samples to walk through</source>
      <translation>Échantillons à parcourir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Class to walk through</source>
      <translation>Classe à parcourir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Undecided only</source>
      <translation>Non décidés seulement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Band or index shown</source>
      <translation>Bande ou indice affiché</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Previous sample</source>
      <translation>Échantillon précédent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Number of the sample among those listed</source>
      <translation>Numéro de l'échantillon dans la liste</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Next sample</source>
      <translation>Échantillon suivant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Keep [K]</source>
      <translation>Garder [K]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>As suggested [S]</source>
      <translation>Comme proposé [S]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Reject [R]</source>
      <translation>Rejeter [R]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Undo [U]</source>
      <translation>Défaire [U]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Comment on the next decision</source>
      <translation>Commentaire sur la prochaine décision</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Comment on the next decision [C]; Enter leads back</source>
      <translation>Commentaire sur la prochaine décision [C] ; Entrée ramène</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Keys [?]</source>
      <translation>Touches [?]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_form.py" />
      <source>Apply decisions…</source>
      <translation>Appliquer les décisions…</translation>
    </message>
  </context>
  <context>
    <name>LabelReviewView</name>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_view.py" />
      <source>All classes</source>
      <translation>Toutes les classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_view.py" />
      <source>No sample passes the filter.</source>
      <translation>Aucun échantillon ne passe le filtre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_view.py" />
      <source>Each decision is saved in {}</source>
      <translation>Chaque décision est enregistrée dans {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_view.py" />
      <source>of {}</source>
      <translation>sur {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_view.py" />
      <source>This sample is no longer in the layer. Decisions on it stay in the file.</source>
      <translation>Cet échantillon n'est plus dans la couche. Les décisions à son sujet restent dans le fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_view.py" />
      <source>This sample has no place on the map; the map stays where it is.</source>
      <translation>Cet échantillon n'a pas de lieu sur la carte ; la carte reste où elle est.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/label_review_view.py" />
      <source>There is no series of this sample.</source>
      <translation>Il n'y a pas de série de cet échantillon.</translation>
    </message>
  </context>
  <context>
    <name>LabeledSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Labeled series made by 'Extract time series', or labeled points or polygons when a stack is given.</source>
      <translation>Séries étiquetées faites par « Extraire des séries temporelles », ou points ou polygones étiquetés quand une pile est donnée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>The stack to read series from, for samples that have none of their own.</source>
      <translation>La pile où lire les séries, pour des échantillons qui n'en ont pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Field with the class of each sample, text or whole numbers; samples without one are left out.</source>
      <translation>Champ de la classe de chaque échantillon, texte ou nombres entiers ; les échantillons sans classe sont écartés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Group field</source>
      <translation>Champ de groupe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Field with the parcel of each sample; a parcel is never split between training and validation.</source>
      <translation>Champ de la parcelle de chaque échantillon ; une parcelle n'est jamais partagée entre entraînement et validation.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Weight field</source>
      <translation>Champ de poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Field with how much each sample counts, 0 or more. Empty: all count the same.</source>
      <translation>Champ du poids de chaque échantillon, 0 ou plus. Vide : tous comptent autant.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Domain field</source>
      <translation>Champ de domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Field that says 'local' for samples of the region to map and 'global' for others; the two-headed LSTM learns from both and maps with the local head.</source>
      <translation>Champ qui dit « local » pour les échantillons de la région à cartographier et « global » pour les autres ; le LSTM à deux têtes apprend des deux et cartographie avec la tête locale.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Class weights</source>
      <translation>Poids des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>none: every sample counts the same; balanced: every class counts the same.</source>
      <translation>none : chaque échantillon compte autant ; balanced : chaque classe compte autant.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Missing values</source>
      <translation>Valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>linear: gaps are interpolated in time; refuse: samples with gaps are left out. Maps follow suit.</source>
      <translation>linear : les lacunes sont interpolées dans le temps ; refuse : les échantillons à lacunes sont écartés. Les cartes font de même.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Largest share of missing values</source>
      <translation>Plus grande part de valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>Samples of whose values more are missing are left out; dates missing everywhere do not count.</source>
      <translation>Les échantillons auxquels il manque plus de valeurs sont écartés ; les dates absentes partout ne comptent pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/labeled_series.py" />
      <source>{}: '{}' is the class field. Choose another field.</source>
      <translation>{} : « {} » est le champ de classe. Choisissez un autre champ.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Pixels per polygon</source>
      <translation>Pixels par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>1: the most central pixel of each polygon; more: that many random pixels, or all there are.</source>
      <translation>1 : le pixel le plus central de chaque polygone ; plus : autant de pixels aléatoires, ou tous ceux qu'il y a.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season start field</source>
      <translation>Champ de début de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Field with the date at which each sample's own season starts. Empty: the whole time axis.</source>
      <translation>Champ de la date à laquelle commence la saison propre à chaque échantillon. Vide : tout l'axe du temps.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season end field</source>
      <translation>Champ de fin de saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Field with the date at which each sample's own season ends. Empty: the whole time axis.</source>
      <translation>Champ de la date à laquelle finit la saison propre à chaque échantillon. Vide : tout l'axe du temps.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>A sample's season needs both its start and its end field. Give both, or neither.</source>
      <translation>La saison d'un échantillon demande un champ de début et un champ de fin. Donnez les deux, ou aucun.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Season start and end are the same field '{}'. Choose two fields.</source>
      <translation>Le début et la fin de saison sont le même champ « {} ». Choisissez deux champs.</translation>
    </message>
  </context>
  <context>
    <name>Labeling</name>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/open_store.py" />
      <source>The labels of this session were not found: {} is missing.</source>
      <translation>Les étiquettes de cette session n'ont pas été trouvées : {} manque.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/open_store.py" />
      <source>Put the GeoPackage beside the session file, then open it again.</source>
      <translation>Mettez le GeoPackage à côté du fichier de session, puis rouvrez-la.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>The layer '{}' is not shown by category.</source>
      <translation>La couche '{}' n'est pas affichée par catégorie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>Give it a categorized style, or take the classes from elsewhere.</source>
      <translation>Donnez-lui un style catégorisé, ou prenez les classes ailleurs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>Choose the field of the given labels first.</source>
      <translation>Choisissez d'abord le champ des étiquettes données.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>The table '{}' cannot be read: {}.</source>
      <translation>La table '{}' ne peut pas être lue : {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>Save it as CSV in UTF-8.</source>
      <translation>Enregistrez-la en CSV, UTF-8.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>The table '{}' has no column 'name'.</source>
      <translation>La table '{}' n'a pas de colonne 'name'.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>The first row holds the headings: name, color, key, description, target.</source>
      <translation>La première ligne contient les en-têtes : name, color, key, description, target.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>Row {}: '{}' is no colour.</source>
      <translation>Ligne {} : '{}' n'est pas une couleur.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>Write it as #rrggbb.</source>
      <translation>Écrivez-la comme #rrggbb.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>Row {}: the target '{}' is no number.</source>
      <translation>Ligne {} : l'objectif '{}' n'est pas un nombre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>Row {}: the key '{}' has more than one character.</source>
      <translation>Ligne {} : la touche '{}' a plus d'un caractère.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>A key is one digit or letter.</source>
      <translation>Une touche est un chiffre ou une lettre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>There are no classes in {}.</source>
      <translation>Il n'y a pas de classes dans {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>{} holds more than {} different values.</source>
      <translation>{} contient plus de {} valeurs différentes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/class_import.py" />
      <source>Choose the field that holds the classes.</source>
      <translation>Choisissez le champ qui contient les classes.</translation>
    </message>
  </context>
  <context>
    <name>LabelingDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_dock.py" />
      <source>Labeling</source>
      <translation>Étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_dock.py" />
      <source>{}: how sure are you? Choose a confidence.</source>
      <translation>{} : à quel point êtes-vous sûr ? Choisissez une confiance.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_dock.py" />
      <source>{}: say what you saw, then press Enter.</source>
      <translation>{} : dites ce que vous avez vu, puis appuyez sur Entrée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_dock.py" />
      <source>Every sample listed has your label.</source>
      <translation>Chaque échantillon listé a votre étiquette.</translation>
    </message>
  </context>
  <context>
    <name>LabelingForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Session</source>
      <translation>Session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Retry</source>
      <translation>Réessayer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Label samples one by one, alone or as a team.</source>
      <translation>Étiqueter des échantillons un par un, seul ou en équipe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>New labeling session…</source>
      <translation>Nouvelle session d'étiquetage…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Open a session…</source>
      <translation>Ouvrir une session…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Recent sessions</source>
      <translation>Sessions récentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Comment on the next label</source>
      <translation>Commentaire sur la prochaine étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Samples to walk through</source>
      <translation>Échantillons à parcourir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Stratum to walk through</source>
      <translation>Strate à parcourir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Class to walk through</source>
      <translation>Classe à parcourir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Number of the sample among those listed</source>
      <translation>Numéro de l'échantillon dans la liste</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Next unlabeled</source>
      <translation>Prochain sans étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Skip</source>
      <translation>Passer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Flag</source>
      <translation>Drapeau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Undo</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Redo</source>
      <translation>Rétablir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Keys</source>
      <translation>Touches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Progress and map</source>
      <translation>Avancement et carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_form.py" />
      <source>Scale at which samples are shown</source>
      <translation>Échelle à laquelle les échantillons sont montrés</translation>
    </message>
  </context>
  <context>
    <name>LabelingKeys</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Next sample</source>
      <translation>Échantillon suivant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Previous sample</source>
      <translation>Échantillon précédent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Next unlabeled sample</source>
      <translation>Prochain échantillon sans étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Jump to a number</source>
      <translation>Aller à un numéro</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Skip</source>
      <translation>Passer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Flag, or take the flag away</source>
      <translation>Mettre ou retirer le drapeau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Undo</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Redo</source>
      <translation>Rétablir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Write a comment</source>
      <translation>Écrire un commentaire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Confidence: sure</source>
      <translation>Confiance : sûr</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Confidence: rather sure</source>
      <translation>Confiance : plutôt sûr</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Confidence: unsure</source>
      <translation>Confiance : peu sûr</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Confidence: a guess</source>
      <translation>Confiance : une supposition</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Centre the map on the sample</source>
      <translation>Centrer la carte sur l'échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>Save again what could not be saved</source>
      <translation>Enregistrer de nouveau ce qui n'a pas pu l'être</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys.py" />
      <source>List and change the keys</source>
      <translation>Lister et changer les touches</translation>
    </message>
  </context>
  <context>
    <name>LabelingKeysDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys_dialog.py" />
      <source>Keys of labeling sessions</source>
      <translation>Touches des sessions d'étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys_dialog.py" />
      <source>Click a key, then press the new one. Delete leaves none.</source>
      <translation>Cliquez une touche, puis appuyez sur la nouvelle. Suppr n'en laisse aucune.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys_dialog.py" />
      <source>Class {}</source>
      <translation>Classe {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_keys_dialog.py" />
      <source>{} stands for: {}</source>
      <translation>{} signifie : {}</translation>
    </message>
  </context>
  <context>
    <name>LabelingMenu</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>New labeling session…</source>
      <translation>Nouvelle session d'étiquetage…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Open a session…</source>
      <translation>Ouvrir une session…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Merge sessions…</source>
      <translation>Fusionner des sessions…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Recent sessions</source>
      <translation>Sessions récentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Change classes…</source>
      <translation>Changer les classes…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Label as somebody else…</source>
      <translation>Étiqueter sous un autre nom…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Look for labels of others</source>
      <translation>Chercher les étiquettes des autres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Close the session</source>
      <translation>Fermer la session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Keys…</source>
      <translation>Touches…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Labeling sessions (*{})</source>
      <translation>Sessions d'étiquetage (*{})</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Open a labeling session</source>
      <translation>Ouvrir une session d'étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Who labels?</source>
      <translation>Qui étiquette ?</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Name of the labeler ({}):</source>
      <translation>Nom de l'annotateur ({}) :</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Name of the labeler:</source>
      <translation>Nom de l'annotateur :</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>Not saved</source>
      <translation>Non enregistré</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_menu.py" />
      <source>{} steps are not saved. They wait in your QGIS profile until you open this session again.</source>
      <translation>{} étapes ne sont pas enregistrées. Elles attendent dans votre profil QGIS jusqu'à ce que vous rouvriez cette session.</translation>
    </message>
  </context>
  <context>
    <name>LabelingPanel</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>All samples</source>
      <translation>Tous les échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Unlabeled</source>
      <translation>Sans étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Flagged</source>
      <translation>Avec drapeau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Disputed</source>
      <translation>En litige</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Sure</source>
      <translation>Sûr</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Rather sure</source>
      <translation>Plutôt sûr</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Unsure</source>
      <translation>Peu sûr</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>A guess</source>
      <translation>Supposition</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>blind</source>
      <translation>à l'aveugle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>stratum {}</source>
      <translation>strate {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>taken out</source>
      <translation>retiré</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Came as: {}</source>
      <translation>Venu comme : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Your label: {}</source>
      <translation>Votre étiquette : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>You skipped it.</source>
      <translation>Vous l'avez passé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>{}: {}</source>
      <translation>{} : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>Settled: {}</source>
      <translation>Tranché : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>{} of {} labeled by you</source>
      <translation>{} sur {} étiquetés par vous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>{} skipped</source>
      <translation>{} passés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>{} flagged</source>
      <translation>{} avec drapeau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>{} disputed</source>
      <translation>{} en litige</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_texts.py" />
      <source>NOT SAVED YET: your last step is kept in memory only.</source>
      <translation>PAS ENCORE ENREGISTRÉ : votre dernière étape n'est gardée qu'en mémoire.</translation>
    </message>
  </context>
  <context>
    <name>LabelingPanels</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_panels.py" />
      <source>Linked views</source>
      <translation>Vues liées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_panels.py" />
      <source>Adjudicate</source>
      <translation>Trancher</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_panels.py" />
      <source>Import labels…</source>
      <translation>Importer des étiquettes…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_panels.py" />
      <source>Save labels as…</source>
      <translation>Enregistrer les étiquettes sous…</translation>
    </message>
  </context>
  <context>
    <name>LabelingView</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>All strata</source>
      <translation>Toutes les strates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>All classes</source>
      <translation>Toutes les classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Skip</source>
      <translation>Passer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Flag</source>
      <translation>Drapeau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Undo</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Redo</source>
      <translation>Rétablir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Keys</source>
      <translation>Touches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Retry</source>
      <translation>Réessayer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Next unlabeled</source>
      <translation>Prochain sans étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Previous sample</source>
      <translation>Échantillon précédent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Next sample</source>
      <translation>Échantillon suivant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Jump to a number</source>
      <translation>Aller à un numéro</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Comment on the next label [{}]; Enter leads back</source>
      <translation>Commentaire sur la prochaine étiquette [{}] ; Entrée ramène ici</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>Labeling</source>
      <translation>Étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>This sample has no place on the map; the map stays where it is.</source>
      <translation>Cet échantillon n'a pas de lieu sur la carte ; la carte reste où elle est.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>of {}</source>
      <translation>sur {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>No sample passes the filter.</source>
      <translation>Aucun échantillon ne passe le filtre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/labeling_view.py" />
      <source>No samples yet: draw one.</source>
      <translation>Pas encore d'échantillons : dessinez-en un.</translation>
    </message>
  </context>
  <context>
    <name>LayerReferences</name>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/layer_references.py" />
      <source>'{}' was a temporary layer and is gone.</source>
      <translation>'{}' était une couche temporaire et n'existe plus.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/layer_references.py" />
      <source>Choose another layer.</source>
      <translation>Choisissez une autre couche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/layer_references.py" />
      <source>'{}' cannot be opened.</source>
      <translation>'{}' ne peut pas être ouvert.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/layer_references.py" />
      <source>Check that its file or service is there: {}</source>
      <translation>Vérifiez que son fichier ou service est là : {}</translation>
    </message>
  </context>
  <context>
    <name>LearningCurve</name>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Learning curve</source>
      <translation>Courbe d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Epoch</source>
      <translation>Époque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Loss</source>
      <translation>Perte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Score</source>
      <translation>Score</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>{curve}: {value} at step {step}</source>
      <translation>{curve} : {value} à l'étape {step}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>The learning curve appears here while a model trains.</source>
      <translation>La courbe d'apprentissage apparaît ici pendant l'entraînement d'un modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/learning_curve.py" />
      <source>Install matplotlib in QGIS's Python to see the curve as a plot.</source>
      <translation>Installez matplotlib dans le Python de QGIS pour voir la courbe en graphique.</translation>
    </message>
  </context>
  <context>
    <name>LinkedViews</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views.py" />
      <source>Linked views</source>
      <translation>Vues liées</translation>
    </message>
  </context>
  <context>
    <name>LinkedViewsDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>Linked views</source>
      <translation>Vues liées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>Map</source>
      <translation>Carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>Add</source>
      <translation>Ajouter</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>Remove</source>
      <translation>Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>Up</source>
      <translation>Monter</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>Down</source>
      <translation>Descendre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>The session's views</source>
      <translation>Les vues de la session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>Forget your own views and see those of the session file</source>
      <translation>Oublier vos propres vues et voir celles du fichier de session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>For everyone: write them into the session file</source>
      <translation>Pour tous : les écrire dans le fichier de session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>View {}</source>
      <translation>Vue {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_dialog.py" />
      <source>Your views are kept in your QGIS profile; the session file stays as it is unless you tick this.</source>
      <translation>Vos vues sont gardées dans votre profil QGIS ; le fichier de session reste tel quel sauf si vous cochez ceci.</translation>
    </message>
  </context>
  <context>
    <name>LinkedViewsForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_form.py" />
      <source>Views…</source>
      <translation>Vues…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_form.py" />
      <source>Choose how many views there are and what each shows</source>
      <translation>Choisir combien il y a de vues et ce que chacune montre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_form.py" />
      <source>Back to the sample</source>
      <translation>Revenir à l'échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_form.py" />
      <source>Move the map too</source>
      <translation>Déplacer aussi la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_form.py" />
      <source>The map of the main window pans and zooms with the views</source>
      <translation>La carte de la fenêtre principale se déplace et zoome avec les vues</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_form.py" />
      <source>Open the place</source>
      <translation>Ouvrir le lieu</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_form.py" />
      <source>In a map on the web or in Google Earth</source>
      <translation>Dans une carte du Web ou dans Google Earth</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_form.py" />
      <source>The scale at which samples are shown; large ones are shown whole</source>
      <translation>L'échelle à laquelle les échantillons sont montrés ; les grands le sont en entier</translation>
    </message>
  </context>
  <context>
    <name>LinkedViewsKept</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_kept.py" />
      <source>This session has no file yet.</source>
      <translation>Cette session n'a pas encore de fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_kept.py" />
      <source>Save the session first.</source>
      <translation>Enregistrez d'abord la session.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_kept.py" />
      <source>Map</source>
      <translation>Carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_kept.py" />
      <source>False colour</source>
      <translation>Fausses couleurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_kept.py" />
      <source>True colour</source>
      <translation>Vraies couleurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_kept.py" />
      <source>NDVI</source>
      <translation>NDVI</translation>
    </message>
  </context>
  <context>
    <name>MapPreview</name>
    <message>
      <location filename="../cropsample_plugin/gui/map_preview.py" />
      <source>{} (being computed)</source>
      <translation>{} (calcul en cours)</translation>
    </message>
  </context>
  <context>
    <name>MapProjectAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Map project</source>
      <translation>Projet de carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Writes a QGIS project with layers grouped and styled, and a picture of the map.</source>
      <translation>Écrit un projet QGIS aux couches groupées et stylées, et une image de la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Writes a QGIS project that holds the given layers in groups, each with the style saved beside its file, and a page with map, legend and title, exported as a picture on request.

The project refers to the files by relative paths: keep them in the same folder to move it.</source>
      <translation>Écrit un projet QGIS qui contient les couches données en groupes, chacune avec le style enregistré à côté de son fichier, et une page avec carte, légende et titre, exportée en image sur demande.

Le projet renvoie aux fichiers par des chemins relatifs : gardez-les dans le même dossier pour le déplacer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Layers</source>
      <translation>Couches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Raster and vector layers; the first one lies on top of its group.</source>
      <translation>Couches raster et vecteur ; la première est au-dessus de son groupe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Title</source>
      <translation>Titre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Title of the project and of the page.</source>
      <translation>Titre du projet et de la page.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Class field of samples</source>
      <translation>Champ de classe des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Field to colour samples by, in the colours of the class map. Empty: one colour.</source>
      <translation>Champ qui colore les échantillons, dans les couleurs de la carte des classes. Vide : une seule couleur.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Resolution of the picture [dots per inch]</source>
      <translation>Résolution de l'image [points par pouce]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The page is 297 x 210 mm; 150 dots per inch make 1754 x 1240 pixels.</source>
      <translation>La page mesure 297 x 210 mm ; 150 points par pouce font 1754 x 1240 pixels.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Project</source>
      <translation>Projet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>QGIS projects (*.qgz *.qgs)</source>
      <translation>Projets QGIS (*.qgz *.qgs)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The QGIS project file; one that exists is replaced.</source>
      <translation>Le fichier de projet QGIS ; s'il existe, il est remplacé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Picture</source>
      <translation>Image</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>PNG files (*.png)</source>
      <translation>Fichiers PNG (*.png)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The page with map, legend and title as a picture.</source>
      <translation>La page avec carte, légende et titre comme image.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>number of layers in the project</source>
      <translation>nombre de couches du projet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Maps</source>
      <translation>Cartes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>Images</source>
      <translation>Images</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>The layer '{}' is in memory only and was left out. Save it to a file first.</source>
      <translation>La couche « {} » n'est qu'en mémoire et a été laissée de côté. Enregistrez-la d'abord dans un fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>None of the layers can be read. Check that the files exist.</source>
      <translation>Aucune des couches ne peut être lue. Vérifiez que les fichiers existent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/map_project.py" />
      <source>'{}' cannot be written. Choose a folder that you may write to.</source>
      <translation>« {} » ne peut être écrit. Choisissez un dossier où vous pouvez écrire.</translation>
    </message>
  </context>
  <context>
    <name>MergeDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Merge sessions</source>
      <translation>Fusionner des sessions</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Sessions to merge</source>
      <translation>Sessions à fusionner</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Add…</source>
      <translation>Ajouter…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Remove</source>
      <translation>Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Merged session</source>
      <translation>Session fusionnée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>What became of each session</source>
      <translation>Ce qu'il est advenu de chaque session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Merge</source>
      <translation>Fusionner</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>The sessions stay as they are. Nothing is doubled, nothing is lost.</source>
      <translation>Les sessions restent telles quelles. Rien n'est doublé, rien n'est perdu.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Add at least two sessions.</source>
      <translation>Ajoutez au moins deux sessions.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Choose where the merged session is kept.</source>
      <translation>Choisissez où la session fusionnée est gardée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/merge_dialog.py" />
      <source>Labeling sessions (*{})</source>
      <translation>Sessions d'étiquetage (*{})</translation>
    </message>
  </context>
  <context>
    <name>ModelComparison</name>
    <message>
      <location filename="../cropsample_plugin/gui/model_comparison.py" />
      <source>Which model, which settings, and would it do elsewhere?</source>
      <translation>Quel modèle, quels réglages, et vaudrait-il ailleurs ?</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/model_comparison.py" />
      <source>Compare models</source>
      <translation>Comparer des modèles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/model_comparison.py" />
      <source>&amp;Compare models…</source>
      <translation>&amp;Comparer des modèles…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/model_comparison.py" />
      <source>&amp;Search hyperparameters…</source>
      <translation>Rechercher des &amp;hyperparamètres…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/model_comparison.py" />
      <source>&amp;Bring a model to this place or season…</source>
      <translation>Transférer un modèle vers ce &amp;lieu ou cette saison…</translation>
    </message>
  </context>
  <context>
    <name>NewSession</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Give the session a name.</source>
      <translation>Donnez un nom à la session.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Type your name: labels carry it.</source>
      <translation>Tapez votre nom : les étiquettes le portent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Choose a connection.</source>
      <translation>Choisissez une connexion.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Name at least two labelers, one a line.</source>
      <translation>Nommez au moins deux annotateurs, un par ligne.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Your own name is not among them: you would have nothing to label.</source>
      <translation>Votre propre nom n'est pas parmi eux : vous n'auriez rien à étiqueter.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>There are fewer labelers than that.</source>
      <translation>Il y a moins d'annotateurs que cela.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Samples are handed out one by one by a database only: keep the labels in PostGIS.</source>
      <translation>Seule une base de données distribue les échantillons un par un : gardez les étiquettes dans PostGIS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Add at least one class.</source>
      <translation>Ajoutez au moins une classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>A class has no name.</source>
      <translation>Une classe n'a pas de nom.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Two classes are called '{}'.</source>
      <translation>Deux classes s'appellent '{}'.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>The key '{}' of {} is not one digit or letter.</source>
      <translation>La touche '{}' de {} n'est pas un chiffre ou une lettre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>The key {} stands for: {}</source>
      <translation>La touche {} signifie : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Choose where the session is kept.</source>
      <translation>Choisissez où la session est gardée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>{} exists already. Choose another name; open the session there to go on with it.</source>
      <translation>{} existe déjà. Choisissez un autre nom ; ouvrez la session qui s'y trouve pour la continuer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_plan.py" />
      <source>Choose a folder, too.</source>
      <translation>Choisissez aussi un dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>The layer '{}' has no coordinate system.</source>
      <translation>La couche '{}' n'a pas de système de coordonnées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>Set it in the layer's properties.</source>
      <translation>Définissez-le dans les propriétés de la couche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>{} features have no geometry and are left out: {}</source>
      <translation>{} entités n'ont pas de géométrie et sont omises : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>None of the features of '{}' has a geometry.</source>
      <translation>Aucune entité de '{}' n'a de géométrie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>Choose another layer.</source>
      <translation>Choisissez une autre couche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>No feature is selected.</source>
      <translation>Aucune entité n'est sélectionnée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>Select some, or take the whole layer.</source>
      <translation>Sélectionnez-en, ou prenez toute la couche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>The layer '{}' has no features.</source>
      <translation>La couche '{}' n'a pas d'entités.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>Choose another layer, or start without samples and draw them.</source>
      <translation>Choisissez une autre couche, ou commencez sans échantillons et dessinez-les.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>{} features have no value in '{}'.</source>
      <translation>{} entités n'ont pas de valeur dans '{}'.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>Choose another id field, or none to number the samples.</source>
      <translation>Choisissez un autre champ d'identifiant, ou aucun pour numéroter les échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_samples.py" />
      <source>{} ids of '{}' occur more than once: {}</source>
      <translation>{} identifiants de '{}' apparaissent plus d'une fois : {}</translation>
    </message>
  </context>
  <context>
    <name>NewSessionBox</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_new_session.py" />
      <source>New session</source>
      <translation>Nouvelle session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_new_session.py" />
      <source>Labeling sessions (*{})</source>
      <translation>Sessions d'étiquetage (*{})</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_new_session.py" />
      <source>Na&amp;me</source>
      <translation>No&amp;m</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_new_session.py" />
      <source>&amp;Kept in</source>
      <translation>&amp;Gardée dans</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/import_new_session.py" />
      <source>labels</source>
      <translation>étiquettes</translation>
    </message>
  </context>
  <context>
    <name>NewSessionClasses</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_classes.py" />
      <source>Style of the samples' layer</source>
      <translation>Style de la couche des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_classes.py" />
      <source>Given labels of the samples</source>
      <translation>Étiquettes données des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_classes.py" />
      <source>CSV or another session…</source>
      <translation>CSV ou autre session…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_classes.py" />
      <source>Classes (*.csv *{})</source>
      <translation>Classes (*.csv *{})</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_classes.py" />
      <source>Take classes from</source>
      <translation>Prendre les classes de</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_classes.py" />
      <source>There is no layer to take classes from.</source>
      <translation>Il n'y a pas de couche d'où prendre les classes.</translation>
    </message>
  </context>
  <context>
    <name>NewSessionDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_dialog.py" />
      <source>New labeling session</source>
      <translation>Nouvelle session d'étiquetage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_dialog.py" />
      <source>Start labeling</source>
      <translation>Commencer à étiqueter</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_dialog.py" />
      <source>The target '{}' is no whole number.</source>
      <translation>L'objectif '{}' n'est pas un nombre entier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_dialog.py" />
      <source>There is no layer of points or polygons in the project.</source>
      <translation>Il n'y a pas de couche de points ou de polygones dans le projet.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_dialog.py" />
      <source>Add one, or start without samples and draw them.</source>
      <translation>Ajoutez-en une, ou commencez sans échantillons et dessinez-les.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_dialog.py" />
      <source>Selected features only ({})</source>
      <translation>Seulement les entités sélectionnées ({})</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_dialog.py" />
      <source>Reason and order are taken from: {}</source>
      <translation>La raison et l'ordre sont pris de : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_dialog.py" />
      <source>Labels</source>
      <translation>Étiquettes</translation>
    </message>
  </context>
  <context>
    <name>NewSessionForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Session</source>
      <translation>Session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Labelers</source>
      <translation>Annotateurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Your name</source>
      <translation>Votre nom</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Labeling sessions (*{})</source>
      <translation>Sessions d'étiquetage (*{})</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Session file</source>
      <translation>Fichier de session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>GeoPackage beside the session file</source>
      <translation>GeoPackage à côté du fichier de session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>PostGIS database, for teams</source>
      <translation>Base de données PostGIS, pour les équipes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Labels are kept in</source>
      <translation>Les étiquettes sont gardées dans</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Connection</source>
      <translation>Connexion</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Schema</source>
      <translation>Schéma</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Samples of a layer</source>
      <translation>Échantillons d'une couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>None yet: draw them</source>
      <translation>Aucun encore : les dessiner</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Points, polygons or objects</source>
      <translation>Points, polygones ou objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Selected features only</source>
      <translation>Seulement les entités sélectionnées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Id field</source>
      <translation>Champ d'identifiant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Stratum field</source>
      <translation>Champ de strate</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Field of given labels</source>
      <translation>Champ des étiquettes données</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Image time series (stack)</source>
      <translation>Série temporelle d'images (pile)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Objects to pick from</source>
      <translation>Objets à choisir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source> pixels</source>
      <translation> pixels</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Drawn polygons hold at least</source>
      <translation>Les polygones dessinés tiennent au moins</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Samples are shown at</source>
      <translation>Les échantillons sont montrés à</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Add</source>
      <translation>Ajouter</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Remove</source>
      <translation>Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Take from…</source>
      <translation>Prendre de…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Give keys</source>
      <translation>Donner des touches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>A key gives the class and moves on. Targets are numbers of samples, empty for any.</source>
      <translation>Une touche donne la classe et passe au suivant. Les objectifs sont des nombres d'échantillons, vide pour aucun.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Everyone labels all samples</source>
      <translation>Chacun étiquette tous les échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Each sample is labeled by some</source>
      <translation>Chaque échantillon est étiqueté par quelques-uns</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Samples are divided at random</source>
      <translation>Les échantillons sont répartis au hasard</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Everyone takes the next free one (PostGIS)</source>
      <translation>Chacun prend le prochain libre (PostGIS)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Who labels what</source>
      <translation>Qui étiquette quoi</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Labelers per sample</source>
      <translation>Annotateurs par échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>One name a line</source>
      <translation>Un nom par ligne</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>One name a line; in an open session, empty: everyone</source>
      <translation>Un nom par ligne ; vide dans une session ouverte : tous</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Who settles disputes</source>
      <translation>Qui tranche les litiges</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>Blind: labelers do not see each other's labels</source>
      <translation>À l'aveugle : les annotateurs ne voient pas les étiquettes des autres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>A label needs a confidence</source>
      <translation>Une étiquette demande une confiance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/new_session_form.py" />
      <source>A label needs a comment</source>
      <translation>Une étiquette demande un commentaire</translation>
    </message>
  </context>
  <context>
    <name>ObjectStratificationAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Object stratification</source>
      <translation>Stratification par objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Finds field-like objects and groups them into kinds, the strata to sample from.</source>
      <translation>Trouve des objets semblables à des parcelles et les groupe en types, les strates où échantillonner.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Divides a dated stack, or any raster whose bands are features, into field-like objects, averages the features of each, and groups the objects into strata by k-means. Parcels, when given, are the objects; parcels that carry a series in their fields need no stack.

Pixels without enough values belong to no object, so clouds and nodata never form a stratum. Areas are true areas in any reference system. Rasters of any size are worked on tile by tile.</source>
      <translation>Divise une pile datée, ou tout raster dont les bandes sont des variables, en objets semblables à des parcelles, moyenne les variables de chacun, et groupe les objets en strates par k-means. Les parcelles, si elles sont données, sont les objets ; des parcelles qui portent une série dans leurs champs n'ont pas besoin de pile.

Les pixels sans assez de valeurs n'appartiennent à aucun objet : les nuages et nodata ne forment donc jamais de strate. Les superficies sont vraies dans tout système de référence. Les rasters de toute taille sont traités tuile par tuile.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Dated stack or feature raster</source>
      <translation>Pile datée ou raster de variables</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Raster to divide into objects, and whose values tell kinds of objects apart.</source>
      <translation>Raster à diviser en objets, et dont les valeurs distinguent les types d'objets.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Parcels</source>
      <translation>Parcelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Polygons that are the objects. Empty: the raster is segmented.</source>
      <translation>Polygones qui sont les objets. Vide : le raster est segmenté.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Object size [pixels]</source>
      <translation>Taille des objets [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>About how many pixels an object has; a little less than a usual field is a good choice.</source>
      <translation>Nombre approximatif de pixels d'un objet ; un peu moins qu'une parcelle habituelle est un bon choix.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Smallest object [pixels]</source>
      <translation>Plus petit objet [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Smaller pieces join the neighbour with the longest common border.</source>
      <translation>Les morceaux plus petits rejoignent le voisin à la plus longue limite commune.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Compactness</source>
      <translation>Compacité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>How much compact shape counts against likeness of the series.</source>
      <translation>Combien une forme compacte compte par rapport à la ressemblance des séries.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Largest share of missing values</source>
      <translation>Plus grande part de valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Pixels of whose values more are missing belong to no object.</source>
      <translation>Les pixels auxquels il manque plus de valeurs n'appartiennent à aucun objet.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Dask scheduler</source>
      <translation>Ordonnanceur Dask</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>A Dask cluster that shares the segmentation, as tcp://host:8786 or a scheduler file; local:2 for two processes of this machine. Empty: this machine alone. The objects are the same.</source>
      <translation>Une grappe Dask qui partage la segmentation, comme tcp://host:8786 ou un fichier d'ordonnanceur ; local:2 pour deux processus de cette machine. Vide : cette machine seule. Les objets sont les mêmes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Number of strata</source>
      <translation>Nombre de strates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>0: the number between 6 and 20 with the best criterion.</source>
      <translation>0 : le nombre entre 6 et 20 au meilleur critère.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Criterion</source>
      <translation>Critère</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>How the number of strata is chosen.</source>
      <translation>Comment le nombre de strates est choisi.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>The same seed gives the same strata.</source>
      <translation>La même graine donne les mêmes strates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Objects</source>
      <translation>Objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Polygons with object_id, stratum, area_ha and one field per feature.</source>
      <translation>Polygones avec object_id, stratum, area_ha et un champ par variable.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Strata</source>
      <translation>Strates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>The strata as a raster; only when a raster is given.</source>
      <translation>Les strates en raster ; seulement si un raster est donné.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>number of objects</source>
      <translation>nombre d'objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>number of strata</source>
      <translation>nombre de strates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/object_stratification.py" />
      <source>Give a raster, parcels, or both.</source>
      <translation>Donnez un raster, des parcelles, ou les deux.</translation>
    </message>
  </context>
  <context>
    <name>OutputFiles</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_outputs.py" />
      <source>The folder of '{}' cannot be made: {}. Choose another folder.</source>
      <translation>Le dossier de « {} » ne peut être créé : {}. Choisissez un autre dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/job_outputs.py" />
      <source>{}
Nothing is lost: the features are in {}</source>
      <translation>{}
Rien n'est perdu : les entités sont dans {}</translation>
    </message>
  </context>
  <context>
    <name>Panels</name>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>This job left no layers to load.</source>
      <translation>Ce travail n'a pas laissé de couches à charger.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>CropSample needs its engine before it can train and map.</source>
      <translation>CropSample a besoin de son moteur pour entraîner et cartographier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Set up the engine…</source>
      <translation>Installer le moteur…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>{} dates are layers now. Press play in the Temporal Controller to see them one after another.</source>
      <translation>{} dates sont maintenant des couches. Lancez la lecture dans le contrôleur temporel pour les voir l'une après l'autre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Open it</source>
      <translation>L'ouvrir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Show job</source>
      <translation>Montrer le travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>{} is finished, its map is loaded.</source>
      <translation>{} est terminé, sa carte est chargée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>{} is finished. The project it was started from has been closed.</source>
      <translation>{} est terminé. Le projet d'où il a été lancé a été fermé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/panels.py" />
      <source>Load outputs</source>
      <translation>Charger les sorties</translation>
    </message>
  </context>
  <context>
    <name>PlaceLinks</name>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/place_links.py" />
      <source>A map has no name.</source>
      <translation>Une carte n'a pas de nom.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/place_links.py" />
      <source>Name it, or remove it.</source>
      <translation>Nommez-la, ou retirez-la.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/place_links.py" />
      <source>The address of '{}' has no place in it.</source>
      <translation>L'adresse de '{}' n'a pas de lieu.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/place_links.py" />
      <source>Write {lat} where the latitude belongs and {lon} where the longitude belongs.</source>
      <translation>Écrivez {lat} là où va la latitude et {lon} là où va la longitude.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/place_links.py" />
      <source>The address of '{}' is not one of the web.</source>
      <translation>L'adresse de '{}' n'est pas une adresse du Web.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/place_links.py" />
      <source>Begin it with https://.</source>
      <translation>Commencez-la par https://.</translation>
    </message>
  </context>
  <context>
    <name>PlaceLinksDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_links_dialog.py" />
      <source>Maps on the web</source>
      <translation>Cartes sur le Web</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_links_dialog.py" />
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_links_dialog.py" />
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_links_dialog.py" />
      <source>{lat} and {lon} stand for the sample's latitude and longitude in degrees, {zoom} for the zoom.</source>
      <translation>{lat} et {lon} désignent la latitude et la longitude de l'échantillon en degrés, {zoom} le zoom.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_links_dialog.py" />
      <source>Add</source>
      <translation>Ajouter</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_links_dialog.py" />
      <source>Remove</source>
      <translation>Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_links_dialog.py" />
      <source>Restore the shipped list</source>
      <translation>Rétablir la liste fournie</translation>
    </message>
  </context>
  <context>
    <name>PlaceMenu</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_menu.py" />
      <source>Google Earth (KML)</source>
      <translation>Google Earth (KML)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_menu.py" />
      <source>Edit this list…</source>
      <translation>Modifier cette liste…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_menu.py" />
      <source>Stratum: {}</source>
      <translation>Strate : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_menu.py" />
      <source>The KML file cannot be written: {}</source>
      <translation>Le fichier KML ne peut pas être écrit : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/place_menu.py" />
      <source>No program on this computer opens {}</source>
      <translation>Aucun programme de cet ordinateur n'ouvre {}</translation>
    </message>
  </context>
  <context>
    <name>PointReading</name>
    <message>
      <location filename="../cropsample_plugin/gui/series_reading.py" />
      <source>Read the time series of points</source>
      <translation>Lire les séries temporelles des points</translation>
    </message>
  </context>
  <context>
    <name>PolygonActions</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>One pixel of the stack, or one metre, as the options say.</source>
      <translation>Un pixel de la pile, ou un mètre, comme le disent les options.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Grow by one pixel</source>
      <translation>Agrandir d'un pixel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Shrink by one pixel</source>
      <translation>Rétrécir d'un pixel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Remove sample</source>
      <translation>Retirer l'échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Take the current sample out.</source>
      <translation>Sortir l'échantillon actuel de la session.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Options of the polygon tools</source>
      <translation>Options des outils de polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Pick objects from</source>
      <translation>Choisir les objets dans</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>The project has no polygon layer</source>
      <translation>Le projet n'a pas de couche de polygones</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Draw polygon</source>
      <translation>Dessiner un polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Click the corners; right click, double click or Enter finishes, Backspace takes one back.</source>
      <translation>Cliquez les coins ; clic droit, double clic ou Entrée termine, Retour arrière en reprend un.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Draw circle</source>
      <translation>Dessiner un cercle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Click or drag from the center to the border.</source>
      <translation>Cliquez ou faites glisser du centre au bord.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Draw rectangle</source>
      <translation>Dessiner un rectangle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Click or drag from corner to corner.</source>
      <translation>Cliquez ou faites glisser d'un coin à l'autre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Draw rotated rectangle</source>
      <translation>Dessiner un rectangle tourné</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Click both ends of one side, then the opposite side.</source>
      <translation>Cliquez les deux bouts d'un côté, puis le côté opposé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Pick object</source>
      <translation>Choisir un objet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Click an object of the segmentation; with Shift several, that become one sample.</source>
      <translation>Cliquez un objet de la segmentation ; avec Maj plusieurs, qui deviennent un seul échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Grow or shrink</source>
      <translation>Agrandir ou rétrécir</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Drag away from the sample to grow it, into it to shrink it.</source>
      <translation>Faites glisser hors de l'échantillon pour l'agrandir, vers l'intérieur pour le rétrécir.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Move vertices</source>
      <translation>Déplacer les sommets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Drag a corner, or the border to add one; click a corner and press Backspace to take it out.</source>
      <translation>Faites glisser un coin, ou le bord pour en ajouter un ; cliquez un coin et appuyez sur Retour arrière pour l'enlever.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Reshape</source>
      <translation>Remodeler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Draw a line that crosses the border twice; the border follows it. Right click finishes.</source>
      <translation>Dessinez une ligne qui croise le bord deux fois ; le bord la suit. Le clic droit termine.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Cut</source>
      <translation>Couper</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Draw a line through a sample; both parts keep its label. Right click finishes.</source>
      <translation>Dessinez une ligne à travers un échantillon ; les deux parties gardent son étiquette. Le clic droit termine.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Merge</source>
      <translation>Fusionner</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Click the samples to make one of; right click finishes.</source>
      <translation>Cliquez les échantillons à réunir ; le clic droit termine.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Put corners on the stack's pixel grid</source>
      <translation>Mettre les coins sur la grille de pixels de la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Snap to other samples</source>
      <translation>S'accrocher aux autres échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Grow and shrink by pixels (else by metres)</source>
      <translation>Agrandir et rétrécir par pixels (sinon par mètres)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Give what is drawn the class given last</source>
      <translation>Donner à ce qui est dessiné la dernière classe donnée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_actions.py" />
      <source>Show the pixels of the sample</source>
      <translation>Montrer les pixels de l'échantillon</translation>
    </message>
  </context>
  <context>
    <name>PolygonEdits</name>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>Merging needs at least two samples.</source>
      <translation>La fusion demande au moins deux échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>Click the samples, then Enter.</source>
      <translation>Cliquez les échantillons, puis Entrée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>A polygon needs three corners; this one cannot be removed.</source>
      <translation>Un polygone demande trois coins ; celui-ci ne peut pas être enlevé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>Move it, or remove the sample.</source>
      <translation>Déplacez-le, ou retirez l'échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>The line does not cross the border of the polygon twice.</source>
      <translation>La ligne ne croise pas deux fois le bord du polygone.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>Start and end it on the same side of the border.</source>
      <translation>Commencez-la et finissez-la du même côté du bord.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>The line does not cut the polygon in two.</source>
      <translation>La ligne ne coupe pas le polygone en deux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>Start and end it outside of the polygon.</source>
      <translation>Commencez-la et finissez-la hors du polygone.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>There is no vertex of the sample here.</source>
      <translation>Il n'y a pas de sommet de l'échantillon ici.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_edits.py" />
      <source>Press on one of its corners, or on its border to add one.</source>
      <translation>Appuyez sur un de ses coins, ou sur son bord pour en ajouter un.</translation>
    </message>
  </context>
  <context>
    <name>PolygonEvents</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_events.py" />
      <source>The samples are labeled differently: {}.</source>
      <translation>Les échantillons ont des étiquettes différentes : {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_events.py" />
      <source>Give them the same class before they are merged.</source>
      <translation>Donnez-leur la même classe avant de les fusionner.</translation>
    </message>
  </context>
  <context>
    <name>PolygonFacts</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>The polygon holds {} pixels of the stack; this session asks for at least {}.</source>
      <translation>Le polygone tient {} pixels de la pile ; cette session en demande au moins {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>Make it larger, or lower the minimum in the session's settings.</source>
      <translation>Agrandissez-le, ou baissez le minimum dans les réglages de la session.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>{} ha</source>
      <translation>{} ha</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>{} pixels</source>
      <translation>{} pixels</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>{} % cut by the border</source>
      <translation>{} % coupés par le bord</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>The border crosses itself.</source>
      <translation>Le bord se croise lui-même.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>Fewer than {} pixels</source>
      <translation>Moins de {} pixels</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>Outside of the stack</source>
      <translation>Hors de la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>{} pixels outside of the stack</source>
      <translation>{} pixels hors de la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>Mostly mixed pixels</source>
      <translation>Surtout des pixels mixtes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source>Overlaps {}</source>
      <translation>Chevauche {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_facts.py" />
      <source> and {} more</source>
      <translation> et {} autres</translation>
    </message>
  </context>
  <context>
    <name>PolygonObjects</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_objects.py" />
      <source>No object is chosen.</source>
      <translation>Aucun objet n'est choisi.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_objects.py" />
      <source>Click objects of '{}'.</source>
      <translation>Cliquez des objets de '{}'.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_objects.py" />
      <source>There is no object of '{}' here.</source>
      <translation>Il n'y a pas d'objet de '{}' ici.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_objects.py" />
      <source>Click inside of one, or draw.</source>
      <translation>Cliquez à l'intérieur d'un objet, ou dessinez.</translation>
    </message>
  </context>
  <context>
    <name>PolygonShapes</name>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>not a valid polygon</source>
      <translation>pas un polygone valide</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>Nothing would be left of the polygon.</source>
      <translation>Il ne resterait rien du polygone.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>Change less of it.</source>
      <translation>Changez-le moins.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>The border of the polygon crosses itself ({}).</source>
      <translation>Le bord du polygone se croise ({}).</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>Take points back with Backspace and go around without crossing.</source>
      <translation>Reprenez des points avec Retour arrière et faites le tour sans croiser.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>The polygon has only {} square metres.</source>
      <translation>Le polygone n'a que {} mètres carrés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>Zoom in, or draw it larger.</source>
      <translation>Zoomez, ou dessinez-le plus grand.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>The object is empty or has no area.</source>
      <translation>L'objet est vide ou n'a pas de surface.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>Pick another one, or draw the polygon.</source>
      <translation>Choisissez-en un autre, ou dessinez le polygone.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>This place does not exist in the coordinate system {}.</source>
      <translation>Ce lieu n'existe pas dans le système de coordonnées {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/polygon_shapes.py" />
      <source>Draw nearer to the samples, or give the map another coordinate system.</source>
      <translation>Dessinez plus près des échantillons, ou donnez à la carte un autre système de coordonnées.</translation>
    </message>
  </context>
  <context>
    <name>PolygonTools</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_tools.py" />
      <source>This place does not exist in the session's coordinate system.</source>
      <translation>Ce lieu n'existe pas dans le système de coordonnées de la session.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_tools.py" />
      <source>There is no sample to remove.</source>
      <translation>Il n'y a pas d'échantillon à retirer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_tools.py" />
      <source>Click at least two samples, or press Escape.</source>
      <translation>Cliquez au moins deux échantillons, ou appuyez sur Échap.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_tools.py" />
      <source>More points are needed; Escape gives up.</source>
      <translation>Il faut plus de points ; Échap abandonne.</translation>
    </message>
  </context>
  <context>
    <name>PolygonWork</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>Nothing would be left of the polygon.</source>
      <translation>Il ne resterait rien du polygone.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>Change less of it.</source>
      <translation>Changez-le moins.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>There is no layer of objects to pick from.</source>
      <translation>Il n'y a pas de couche d'objets où choisir.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>Choose a polygon layer in the options of the polygon tools.</source>
      <translation>Choisissez une couche de polygones dans les options des outils de polygone.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>The object's border crossed itself and was repaired.</source>
      <translation>Le bord de l'objet se croisait et a été réparé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>The border has not moved.</source>
      <translation>Le bord n'a pas bougé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>Drag outwards to grow, inwards to shrink.</source>
      <translation>Faites glisser vers l'extérieur pour agrandir, vers l'intérieur pour rétrécir.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>{} pixels</source>
      <translation>{} pixels</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>{} m</source>
      <translation>{} m</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>The samples do not touch; they are one sample of several parts now.</source>
      <translation>Les échantillons ne se touchent pas ; ils forment maintenant un échantillon en plusieurs parties.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>The places of the samples are still being read ({} %).</source>
      <translation>Les lieux des échantillons sont encore en lecture ({} %).</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>Try again in a moment.</source>
      <translation>Réessayez dans un instant.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>There is no sample with an area here.</source>
      <translation>Il n'y a pas d'échantillon avec une surface ici.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/polygon_work.py" />
      <source>Start at a polygon of the session that is yours.</source>
      <translation>Commencez sur un polygone de la session qui est à vous.</translation>
    </message>
  </context>
  <context>
    <name>PolygonsToSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Polygons to samples</source>
      <translation>Polygones en échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Picks the central pixel or random pixels of each polygon as sample points.</source>
      <translation>Prend le pixel central ou des pixels aléatoires de chaque polygone comme points d'échantillonnage.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Picks pixels of each polygon on the grid of a dated stack and writes their centres as points, with the fields of the polygon and its id, so that samples of one parcel stay together when they are split.

The central pixel lies inside the polygon, whatever its shape. Polygons too small for a pixel are counted and listed with the reason.</source>
      <translation>Prend des pixels de chaque polygone sur la grille d'une pile datée et écrit leurs centres comme points, avec les champs du polygone et son identifiant, pour que les échantillons d'une parcelle restent ensemble quand on les répartit.

Le pixel central est dans le polygone, quelle que soit sa forme. Les polygones trop petits pour un pixel sont comptés et listés avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Sample points</source>
      <translation>Points d'échantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>One point per pixel, with the fields of its polygon.</source>
      <translation>Un point par pixel, avec les champs de son polygone.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Dropped polygons</source>
      <translation>Polygones écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Table of the polygons that were left out, each with the reason.</source>
      <translation>Table des polygones écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>number of polygons with a point</source>
      <translation>nombre de polygones avec un point</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>number of polygons left out</source>
      <translation>nombre de polygones écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>number of points</source>
      <translation>nombre de points</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Polygons</source>
      <translation>Polygones</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Parcels or other polygons in any CRS.</source>
      <translation>Parcelles ou autres polygones dans n'importe quel SCR.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>The raster whose pixels are picked; only its grid is used.</source>
      <translation>Le raster dont les pixels sont pris ; seule sa grille sert.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Pixels</source>
      <translation>Pixels</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>central: the pixel farthest from the edge; random: random pixels.</source>
      <translation>central : le pixel le plus loin du bord ; random : des pixels aléatoires.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Random pixels per polygon</source>
      <translation>Pixels aléatoires par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>How many random pixels to pick; all of them where a polygon has fewer.</source>
      <translation>Combien de pixels aléatoires prendre ; tous quand un polygone en a moins.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/polygons_to_samples.py" />
      <source>The same seed picks the same pixels.</source>
      <translation>La même graine choisit les mêmes pixels.</translation>
    </message>
  </context>
  <context>
    <name>PredictMapAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Predict map</source>
      <translation>Prédire une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Maps classes, their probabilities and the uncertainty with a trained model.</source>
      <translation>Cartographie les classes, leurs probabilités et l'incertitude avec un modèle entraîné.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Maps the classes of a model package over a dated stack, block by block and in bounded memory, and on request the probability of each class and the uncertainty (normalised entropy, 0 to 1).

Bands, dates and value ranges of the stack are checked against the model first. Pixels without the values that the model needs become nodata. Started again after an interruption, it continues where it was.</source>
      <translation>Cartographie les classes d'un paquet de modèle sur une pile datée, bloc par bloc et à mémoire bornée, et sur demande la probabilité de chaque classe et l'incertitude (entropie normalisée, de 0 à 1).

Les bandes, les dates et les plages de valeurs de la pile sont d'abord comparées au modèle. Les pixels sans les valeurs dont le modèle a besoin deviennent nodata. Relancée après une interruption, la cartographie reprend où elle en était.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels of the map</source>
      <translation>nombre de pixels de la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels with a class</source>
      <translation>nombre de pixels avec une classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>number of pixels inside the area for which values are missing</source>
      <translation>nombre de pixels de la zone auxquels il manque des valeurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>pixels per second, reading and writing included</source>
      <translation>pixels par seconde, lecture et écriture comprises</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Model package</source>
      <translation>Paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>A file written by 'Train classifier'.</source>
      <translation>Un fichier écrit par « Entraîner un classificateur ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>The stack to map, with the bands and dates of the season that the model was trained for.</source>
      <translation>La pile à cartographier, avec les bandes et les dates de la saison pour laquelle le modèle a été entraîné.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Area</source>
      <translation>Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Polygons in any CRS that bound the map. Empty: the whole stack.</source>
      <translation>Polygones dans n'importe quel SCR qui bornent la carte. Vide : toute la pile.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Start of the season</source>
      <translation>Début de la saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>First date to take of a stack that is longer than the season of the model. Empty: all dates.</source>
      <translation>Première date à prendre d'une pile plus longue que la saison du modèle. Vide : toutes les dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Largest share of missing values</source>
      <translation>Plus grande part de valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Pixels of whose values more are missing become nodata; dates missing everywhere do not count. Empty: as the model was trained.</source>
      <translation>Les pixels auxquels il manque plus de valeurs deviennent nodata ; les dates absentes partout ne comptent pas. Vide : comme à l'entraînement du modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Device</source>
      <translation>Matériel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>What networks compute on; options: as set in CropSample's options; auto: a GPU where there is one.</source>
      <translation>Sur quoi les réseaux calculent ; options : selon les options de CropSample ; auto : une carte graphique s'il y en a une.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Continue an interrupted map</source>
      <translation>Continuer une carte interrompue</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Keep the blocks that an interrupted run of the same model and stack has finished.</source>
      <translation>Garder les blocs qu'une exécution interrompue, de même modèle et de même pile, a terminés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Dask scheduler</source>
      <translation>Ordonnanceur Dask</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>A Dask cluster that shares the work, as tcp://host:8786 or the path of a scheduler file; local:2 for two processes of this machine. Empty: this machine alone. The bytes of the map are the same, and a run may go on elsewhere than it began.</source>
      <translation>Une grappe Dask qui partage le travail, comme tcp://host:8786 ou le chemin d'un fichier d'ordonnanceur ; local:2 pour deux processus de cette machine. Vide : cette machine seule. Les octets de la carte sont les mêmes, et une exécution peut continuer ailleurs qu'elle n'a commencé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Cloud-optimised GeoTIFF</source>
      <translation>GeoTIFF optimisé pour le cloud (COG)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Lay out each GeoTIFF so that it is read well from a web server or object store.</source>
      <translation>Disposer chaque GeoTIFF pour qu'il se lise bien depuis un serveur web ou un stockage objet.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Class map</source>
      <translation>Carte des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Class of each pixel, with class names and colours; a GeoTIFF, or a VRT over tiles for a large map.</source>
      <translation>Classe de chaque pixel, avec noms et couleurs des classes ; un GeoTIFF, ou un VRT de tuiles pour une grande carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Probabilities</source>
      <translation>Probabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>One band per class with its probability, 0 to 1; a GeoTIFF.</source>
      <translation>Une bande par classe avec sa probabilité, de 0 à 1 ; un GeoTIFF.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Uncertainty</source>
      <translation>Incertitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Normalised entropy of the probabilities, 0: certain, 1: all classes as likely; a GeoTIFF.</source>
      <translation>Entropie normalisée des probabilités, 0 : certain, 1 : toutes les classes aussi probables ; un GeoTIFF.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/predict_map.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
  </context>
  <context>
    <name>PreprocessTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Preprocess time series</source>
      <translation>Prétraiter une série temporelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Fills gaps, puts series on a regular grid and smooths them.</source>
      <translation>Comble les lacunes, met les séries sur une grille régulière et les lisse.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Turns irregular series with gaps into regular, smooth ones: the six methods of the best-practices study (raw, raw + Whittaker, coarse linear, 7-day linear, 7-day linear + Whittaker, 7-day linear + phenology-peak alignment), Savitzky-Golay and harmonic regression.

Nothing is made up before the first and after the last clear observation unless you ask for it. Method and settings are written into the result: a model trained on one refuses another. The user guide says which method to use when, from measured errors.</source>
      <translation>Change des séries irrégulières à lacunes en séries régulières et lisses : les six méthodes de l'étude des bonnes pratiques (brut, brut + Whittaker, linéaire grossier, linéaire à 7 jours, linéaire à 7 jours + Whittaker, linéaire à 7 jours + alignement du pic phénologique), Savitzky-Golay et la régression harmonique.

Rien n'est inventé avant la première et après la dernière observation claire, sauf si vous le demandez. La méthode et les réglages sont écrits dans le résultat : un modèle entraîné sur l'une refuse l'autre. Le guide de l'utilisateur dit quelle méthode utiliser quand, d'après des erreurs mesurées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Method</source>
      <translation>Méthode</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>How gaps are filled and noise is removed.</source>
      <translation>Comment les lacunes sont comblées et le bruit retiré.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Store values as</source>
      <translation>Stocker les valeurs en</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>like_input: the input's type and scale; int16: steps of 0.0001; float32: decimal numbers.</source>
      <translation>like_input : le type et l'échelle de l'entrée ; int16 : pas de 0.0001 ; float32 : nombres décimaux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Preprocessed stack</source>
      <translation>Pile prétraitée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>A dated stack with the bands of the input at the dates of the method.</source>
      <translation>Une pile datée avec les bandes de l'entrée aux dates de la méthode.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>The rows of the series layer with one field per new date and band.</source>
      <translation>Les lignes de la couche de séries avec un champ par nouvelle date et bande.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>share of values that are still missing</source>
      <translation>part des valeurs qui manquent encore</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Step [days]</source>
      <translation>Pas [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Days from one date to the next; 0: the method's own, 7 days, or 30 for coarse linear.</source>
      <translation>Jours d'une date à la suivante ; 0 : ceux de la méthode, 7 jours, ou 30 pour coarse_linear.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Start date</source>
      <translation>Date de début</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>First date of the grid; keep it equal between regions and years. Empty: that of the series.</source>
      <translation>Première date de la grille ; gardez-la égale entre régions et années. Vide : celle de la série.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>End date</source>
      <translation>Date de fin</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>End of the grid. Empty: the last date of the series.</source>
      <translation>Fin de la grille. Vide : la dernière date de la série.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Whittaker smoothness</source>
      <translation>Lissage de Whittaker</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>The larger the smoother; 10 follows the data closely.</source>
      <translation>Plus il est grand, plus la courbe est lisse ; 10 suit les données de près.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Savitzky-Golay window [steps]</source>
      <translation>Fenêtre de Savitzky-Golay [pas]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Odd number of steps of the moving window.</source>
      <translation>Nombre impair de pas de la fenêtre glissante.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Savitzky-Golay degree</source>
      <translation>Degré de Savitzky-Golay</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Degree of the polynomial, less than the window.</source>
      <translation>Degré du polynôme, inférieur à la fenêtre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Waves per year</source>
      <translation>Ondes par an</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Of the harmonic regression: 1 for one season a year, 2 for two.</source>
      <translation>De la régression harmonique : 1 pour une saison par an, 2 pour deux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Extrapolate</source>
      <translation>Extrapoler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Continue before the first and after the last clear observation; the result says so.</source>
      <translation>Continuer avant la première et après la dernière observation claire ; le résultat le dit.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Peak band</source>
      <translation>Bande du pic</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Band whose peak is aligned. Empty: NDVI, EVI or the like, or the only band.</source>
      <translation>Bande dont le pic est aligné. Vide : NDVI, EVI ou semblable, ou la seule bande.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Peak date</source>
      <translation>Date du pic</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Date to which peaks are moved. Empty: the middle of the series.</source>
      <translation>Date à laquelle les pics sont amenés. Vide : le milieu de la série.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Largest shift [days]</source>
      <translation>Décalage maximal [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/preprocess_time_series.py" />
      <source>Series whose peak lies further away stay where they are.</source>
      <translation>Les séries dont le pic est plus loin restent où elles sont.</translation>
    </message>
  </context>
  <context>
    <name>ProbabilitySamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Probability samples</source>
      <translation>Échantillons probabilistes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Draws samples with known inclusion probabilities, for accuracy and areas of a map.</source>
      <translation>Tire des échantillons aux probabilités d'inclusion connues, pour l'exactitude et les superficies d'une carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Draws pixels of a class map, or cells of a grid over an area, so that each has a known chance. Every point carries its inclusion probability and design weight; only such a sample can prove a map and estimate areas.

simple_random: every pixel alike; stratified: a number per class; systematic: a lattice with a random start; cluster: squares first, pixels in them second; balanced: spread over the map (local pivotal method).</source>
      <translation>Tire des pixels d'une carte des classes, ou des cellules d'une grille sur une zone, pour que chacun ait une chance connue. Chaque point porte sa probabilité d'inclusion et son poids de sondage ; seul un tel échantillon peut prouver une carte et estimer des superficies.

simple_random : tous les pixels à égalité ; stratified : un nombre par classe ; systematic : un réseau au départ aléatoire ; cluster : d'abord des carrés, puis des pixels dans ceux-ci ; balanced : répartis sur la carte (méthode du pivot local).</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Points with stratum, inclusion_probability and design_weight, and empty fields to fill in.</source>
      <translation>Points avec stratum, inclusion_probability et design_weight, et des champs vides à remplir.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>number of pixels that could be drawn</source>
      <translation>nombre de pixels qui pouvaient être tirés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Area</source>
      <translation>Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Polygons to sample when there is no map.</source>
      <translation>Polygones à échantillonner quand il n'y a pas de carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Cell size [metres]</source>
      <translation>Taille des cellules [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Side of the cells that are drawn from an area.</source>
      <translation>Côté des cellules tirées dans une zone.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Design</source>
      <translation>Plan</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>How samples are drawn; see the description.</source>
      <translation>Comment les échantillons sont tirés ; voir la description.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Allocation</source>
      <translation>Répartition</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Stratified design: samples by share of area, the same for all, or by expected error (neyman).</source>
      <translation>Plan stratifié : échantillons selon la part de superficie, autant pour toutes, ou selon l'erreur attendue (neyman).</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Number of samples</source>
      <translation>Nombre d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>How many samples; the lattice gives about as many.</source>
      <translation>Combien d'échantillons ; le réseau systématique en donne à peu près autant.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Minimum per class</source>
      <translation>Minimum par classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Stratified design: samples that even a rare class gets.</source>
      <translation>Plan stratifié : échantillons que reçoit même une classe rare.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Side of squares [pixels]</source>
      <translation>Côté des carrés [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Cluster design: side of the squares.</source>
      <translation>Plan en grappes : côté des carrés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Samples per square</source>
      <translation>Échantillons par carré</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Cluster design: pixels drawn in each square.</source>
      <translation>Plan en grappes : pixels tirés dans chaque carré.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Minimum distance [metres]</source>
      <translation>Distance minimale [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Samples nearer to another one are left out; a warning says when this changes the probabilities.</source>
      <translation>Les échantillons plus proches d'un autre sont écartés ; un avertissement dit quand cela change les probabilités.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>The same seed draws the same samples.</source>
      <translation>La même graine tire les mêmes échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/probability_samples.py" />
      <source>Give either a class map or an area.</source>
      <translation>Donnez une carte des classes ou une zone.</translation>
    </message>
  </context>
  <context>
    <name>ProductConsensusAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Product consensus</source>
      <translation>Consensus de produits</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Finds where land-cover products agree on crop or no crop, and draws weak samples there.</source>
      <translation>Trouve où des produits d'occupation du sol s'accordent sur culture ou non-culture, et y tire des échantillons faibles.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Reads land-cover products of any legend, grid and reference system on the grid of the first one, says where they agree on crop or no crop, and draws weak samples of both where their surroundings agree as well.

Products that agree may be wrong together, and where one misses most crops, unanimity leaves almost none: a warning says so. Weak samples may train a model; they are no reference for accuracy or area.</source>
      <translation>Lit des produits d'occupation du sol de toute légende, grille et système de référence sur la grille du premier, dit où ils s'accordent sur culture ou non-culture, et tire des échantillons faibles des deux là où leur entourage s'accorde aussi.

Des produits d'accord peuvent se tromper ensemble, et là où l'un manque la plupart des cultures, l'unanimité n'en laisse presque aucune : un avertissement le dit. Les échantillons faibles peuvent entraîner un modèle ; ils ne sont pas une référence pour l'exactitude ou la superficie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Land-cover products</source>
      <translation>Produits d'occupation du sol</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Two or more rasters, of about the same year as the imagery. The first gives the grid.</source>
      <translation>Deux rasters ou plus, d'à peu près la même année que l'imagerie. Le premier donne la grille.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Crop values of each product</source>
      <translation>Valeurs de culture de chaque produit</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>What means crop in each product, in their order, with semicolons between them: values such as 40 or 1-60, 66-77, a threshold such as &gt;= 0.5, or one of {}.</source>
      <translation>Ce qui signifie culture dans chaque produit, dans leur ordre, séparé par des points-virgules : des valeurs comme 40 ou 1-60, 66-77, un seuil comme &gt;= 0.5, ou l'un de {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Products that must agree</source>
      <translation>Produits qui doivent s'accorder</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>0: all of them.</source>
      <translation>0 : tous.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Purity window [pixels]</source>
      <translation>Fenêtre de pureté [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Odd side of the square around a pixel that must agree with it; 1: the pixel alone.</source>
      <translation>Côté impair du carré autour d'un pixel qui doit s'accorder avec lui ; 1 : le pixel seul.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Samples per class</source>
      <translation>Échantillons par classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Weak samples to draw at random of each class.</source>
      <translation>Échantillons faibles à tirer au hasard dans chaque classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>The same seed draws the same samples.</source>
      <translation>La même graine tire les mêmes échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Consensus</source>
      <translation>Consensus</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Raster: 1 crop, 0 no crop, 255 no consensus or no data.</source>
      <translation>Raster : 1 culture, 0 non-culture, 255 pas de consensus ou pas de données.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Agreement</source>
      <translation>Accord</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Raster of two bands: how many products say crop, and how many have data.</source>
      <translation>Raster à deux bandes : combien de produits disent culture, et combien ont des données.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Weak samples</source>
      <translation>Échantillons faibles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Points of both classes where the products agree, with their votes.</source>
      <translation>Points des deux classes là où les produits s'accordent, avec leurs votes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Pairs of products</source>
      <translation>Paires de produits</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>Table of the agreement of every two products, with Cohen's kappa.</source>
      <translation>Table de l'accord des produits deux à deux, avec le kappa de Cohen.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>share of the pixels with data in all products on which they agree</source>
      <translation>part des pixels avec des données dans tous les produits où ceux-ci s'accordent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>number of pixels with data in all products</source>
      <translation>nombre de pixels avec des données dans tous les produits</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>number of crop pixels in the consensus</source>
      <translation>nombre de pixels de culture dans le consensus</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>number of other pixels in the consensus</source>
      <translation>nombre des autres pixels dans le consensus</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>number of samples drawn</source>
      <translation>nombre d'échantillons tirés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>{} products, but crop values of {}. Put semicolons between them.</source>
      <translation>{} produits, mais des valeurs de culture pour {}. Séparez-les par des points-virgules.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>The purity window must be an odd number of pixels.</source>
      <translation>La fenêtre de pureté doit être un nombre impair de pixels.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>no crop</source>
      <translation>non-culture</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>crop</source>
      <translation>culture</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/product_consensus.py" />
      <source>{} of {} say crop</source>
      <translation>{} sur {} disent culture</translation>
    </message>
  </context>
  <context>
    <name>ProposeSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Propose samples</source>
      <translation>Proposer des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Says which samples to label next so that the model learns most, each with the reason.</source>
      <translation>Indique quels échantillons étiqueter ensuite pour que le modèle apprenne le plus, chacun avec sa raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Chooses samples where the model is unsure, where rare classes may be and where strata lack samples; unlike each other and the samples that exist, in their values and on the map. Each comes with its rank, its scores and the reason in words. Label them, train again, propose again.

Give the probabilities of 'Predict map', or a model package with a stack, or with objects whose fields hold series. These are no probability sample: train with them, but do not estimate areas or the accuracy of a map from them.</source>
      <translation>Choisit des échantillons là où le modèle hésite, là où peuvent se trouver des classes rares et là où des strates manquent d'échantillons ; différents les uns des autres et des échantillons existants, par leurs valeurs et sur la carte. Chacun est accompagné de son rang, de ses scores et de la raison en toutes lettres. Étiquetez-les, entraînez de nouveau, proposez de nouveau.

Donnez les probabilités de « Prédire une carte », ou un paquet de modèle avec une pile, ou avec des objets dont les champs contiennent des séries. Ce n'est pas un échantillon probabiliste : entraînez avec, mais n'en estimez ni les surfaces ni la précision d'une carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Proposed samples</source>
      <translation>Échantillons proposés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Points, the most useful first, with rank, reason and scores, and empty fields to fill in.</source>
      <translation>Points, les plus utiles d'abord, avec rang, raison et scores, et des champs vides à remplir.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>number of samples proposed</source>
      <translation>nombre d'échantillons proposés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>number of pixels or objects they were chosen from</source>
      <translation>nombre de pixels ou d'objets parmi lesquels ils ont été choisis</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>mean uncertainty of the proposed samples, 0 to 1</source>
      <translation>incertitude moyenne des échantillons proposés, de 0 à 1</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Probabilities</source>
      <translation>Probabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>A band per class, as 'Predict map' writes them. Give this or a model package.</source>
      <translation>Une bande par classe, telle que l'écrit « Prédire une carte ». Donnez ceci ou un paquet de modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Model package</source>
      <translation>Paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>A file written by 'Train classifier', with the stack that it is to map, or with objects.</source>
      <translation>Un fichier écrit par « Entraîner un classifieur », avec la pile à cartographier, ou avec des objets.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>What the model maps. With probabilities: the values that tell candidates apart; without a stack the probabilities do.</source>
      <translation>Ce que le modèle cartographie. Avec des probabilités : les valeurs qui distinguent les candidats ; sans pile, ce sont les probabilités.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Objects</source>
      <translation>Objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Fields to choose from. Empty: pixels. With a model and no stack their fields must hold series.</source>
      <translation>Parcelles parmi lesquelles choisir. Vide : des pixels. Avec un modèle sans pile, leurs champs doivent contenir des séries.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Stratum field</source>
      <translation>Champ de strate</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Field of the objects with their strata; strata short of samples come first.</source>
      <translation>Champ des objets contenant leurs strates ; les strates qui manquent d'échantillons passent d'abord.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Existing samples</source>
      <translation>Échantillons existants</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Samples that are labeled already; nothing like them or beside them is proposed first.</source>
      <translation>Échantillons déjà étiquetés ; rien qui leur ressemble ou les jouxte n'est proposé en premier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Class of the existing samples, which says what is rare. Empty: the map says it.</source>
      <translation>Classe des échantillons existants, qui dit ce qui est rare. Vide : la carte le dit.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Number of samples</source>
      <translation>Nombre d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>How many samples to propose; 10 to 50 between two trainings are usual.</source>
      <translation>Combien d'échantillons proposer ; 10 à 50 entre deux entraînements sont habituels.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Uncertainty</source>
      <translation>Incertitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>margin: the two best classes are close; least_confidence: the best class is improbable; entropy: all classes are as likely.</source>
      <translation>margin : les deux meilleures classes sont proches ; least_confidence : la meilleure classe est peu probable ; entropy : toutes les classes sont aussi probables.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Diversity</source>
      <translation>Diversité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>0: the most uncertain ones, alike or not; 1: the most varied ones, uncertain or not.</source>
      <translation>0 : les plus incertains, semblables ou non ; 1 : les plus variés, incertains ou non.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Weight of rare classes</source>
      <translation>Poids des classes rares</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>How much it counts that a sample may be of a class with few labels; uncertainty counts 1.</source>
      <translation>Combien compte qu'un échantillon puisse être d'une classe peu étiquetée ; l'incertitude compte 1.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Weight of strata</source>
      <translation>Poids des strates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>How much it counts that a stratum has fewer samples than its share; uncertainty counts 1.</source>
      <translation>Combien compte qu'une strate ait moins d'échantillons que sa part ; l'incertitude compte 1.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Minimum distance [metres]</source>
      <translation>Distance minimale [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Samples are at least this far from each other and from existing ones.</source>
      <translation>Les échantillons sont au moins à cette distance les uns des autres et de ceux qui existent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>The same seed proposes the same samples.</source>
      <translation>La même graine propose les mêmes échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Roads</source>
      <translation>Routes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>The nearer to one of these features, the cheaper a sample; for samples to be visited.</source>
      <translation>Plus un échantillon est proche d'une de ces entités, moins il coûte ; pour des échantillons à visiter.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Cost raster</source>
      <translation>Raster de coût</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Cost of a visit at each place, such as travel time.</source>
      <translation>Coût d'une visite en chaque lieu, par exemple le temps de trajet.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Weight of cost</source>
      <translation>Poids du coût</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>A cost of the median divides the score by 1 plus this weight; used with roads or a cost raster.</source>
      <translation>Un coût égal à la médiane divise le score par 1 plus ce poids ; utilisé avec des routes ou un raster de coûts.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>Give either probabilities or a model package.</source>
      <translation>Donnez soit des probabilités, soit un paquet de modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>The model needs a stack, or objects with series in their fields.</source>
      <translation>Le modèle a besoin d'une pile, ou d'objets dont les champs contiennent des séries.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/propose_samples.py" />
      <source>A class field is given, but no existing samples.</source>
      <translation>Un champ de classe est donné, mais aucun échantillon existant.</translation>
    </message>
  </context>
  <context>
    <name>RecordChain</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/record_chain.py" />
      <source>The record {} cannot be read: {}. It lies beside each output, as {}.</source>
      <translation>L'enregistrement {} ne peut être lu : {}. Il se trouve à côté de chaque sortie, sous le nom {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/record_chain.py" />
      <source>{} is no record of an output of CropSample.</source>
      <translation>{} n'est pas l'enregistrement d'une sortie de CropSample.</translation>
    </message>
  </context>
  <context>
    <name>RefineMapAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Refine map</source>
      <translation>Affiner une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Smooths a map, gives objects one class, applies rules and a minimum mapping unit.</source>
      <translation>Lisse une carte, donne une classe aux objets, applique des règles et une unité minimale de cartographie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Makes a finished map better, in this order: Bayesian smoothing of the probabilities in a neighbourhood, one class for each object or parcel, rules from other layers, and the minimum mapping unit.

Classes and probabilities stay consistent: probabilities add up to one and the class is the most probable one. Nodata and unclassified pixels stay as they are, and what a rule decides stays so. With a reference, the accuracy before and after is told.</source>
      <translation>Améliore une carte finie, dans cet ordre : lissage bayésien des probabilités dans un voisinage, une classe par objet ou parcelle, règles d'autres couches, et unité minimale de cartographie.

Classes et probabilités restent cohérentes : les probabilités ont pour somme un et la classe est la plus probable. Les pixels nodata et non classés restent tels quels, et ce qu'une règle décide reste ainsi. Avec une référence, l'exactitude avant et après est indiquée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Class map</source>
      <translation>Carte des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>A map written by 'Predict map', or any raster of classes.</source>
      <translation>Une carte écrite par « Prédire une carte », ou tout raster de classes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Probabilities</source>
      <translation>Probabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>The probabilities of the same map, one band per class. Needed for smoothing.</source>
      <translation>Les probabilités de la même carte, une bande par classe. Nécessaires au lissage.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Smoothing window [pixels]</source>
      <translation>Fenêtre de lissage [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Side of the neighbourhood, an odd number such as 7. 0: no smoothing.</source>
      <translation>Côté du voisinage, un nombre impair comme 7. 0 : pas de lissage.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Smoothness</source>
      <translation>Degré de lissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Variance of the noise in log-odds: larger values trust the neighbours more.</source>
      <translation>Variance du bruit en log-cotes : de plus grandes valeurs se fient davantage aux voisins.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Share of neighbours</source>
      <translation>Part des voisins</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Share of the neighbours, those most in favour of a class, that speak for it. 1: all of them.</source>
      <translation>Part des voisins, les plus favorables à une classe, qui parlent pour elle. 1 : tous.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Objects or parcels</source>
      <translation>Objets ou parcelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Polygons whose pixels all get one class: the most probable one, or that of the majority.</source>
      <translation>Polygones dont tous les pixels reçoivent une seule classe : la plus probable, ou celle de la majorité.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Layers for rules</source>
      <translation>Couches pour les règles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Rasters such as slope or water, on any grid; rules call them by the names of their files.</source>
      <translation>Rasters comme la pente ou l'eau, sur n'importe quelle grille ; les règles les nomment par leurs noms de fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Rules</source>
      <translation>Règles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>One a line: slope &gt; 30 -&gt; grass, or: rice, maize: water[1] &gt;= 1 -&gt; water. Later rules win.</source>
      <translation>Une par ligne : slope &gt; 30 -&gt; grass, ou : rice, maize: water[1] &gt;= 1 -&gt; water. Les dernières règles l'emportent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Minimum mapping unit [ha]</source>
      <translation>Unité minimale de cartographie [ha]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Smaller patches join the neighbour with the longest common border. 0: any size.</source>
      <translation>Les taches plus petites rejoignent le voisin à la plus longue limite commune. 0 : toute taille.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Connectivity</source>
      <translation>Connexité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>4: pixels of a patch share an edge; 8: a corner is enough.</source>
      <translation>4 : les pixels d'une tache partagent un côté ; 8 : un coin suffit.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Reference points</source>
      <translation>Points de référence</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Labeled points that did not train the model: the accuracy before and after is told.</source>
      <translation>Points étiquetés qui n'ont pas entraîné le modèle : l'exactitude avant et après est indiquée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Field of the reference that holds the class, by name or number.</source>
      <translation>Champ de la référence qui porte la classe, par nom ou numéro.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Pixels of value 0</source>
      <translation>Pixels de valeur 0</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>class: a class like any other; outside: kept as they are; ask: stop when there are any.</source>
      <translation>class : une classe comme une autre ; outside : gardés tels quels ; ask : s'arrêter s'il y en a.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Unclassified values</source>
      <translation>Valeurs non classées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Values that mean 'not classified', separated by commas; such pixels stay as they are.</source>
      <translation>Valeurs qui signifient « non classé », séparées par des virgules ; ces pixels restent tels quels.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Nodata value</source>
      <translation>Valeur nodata</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Value that means nodata. Empty: as the map says.</source>
      <translation>Valeur qui signifie nodata. Vide : selon la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Refined classes</source>
      <translation>Classes affinées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Class of each pixel, with class names and colours; a GeoTIFF.</source>
      <translation>Classe de chaque pixel, avec noms et couleurs des classes ; un GeoTIFF.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Refined probabilities</source>
      <translation>Probabilités affinées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>One band per class with its probability, 0 to 1; a GeoTIFF.</source>
      <translation>Une bande par classe avec sa probabilité, de 0 à 1 ; un GeoTIFF.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>share of the pixels whose class changed</source>
      <translation>part des pixels dont la classe a changé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>share of the reference points mapped right before</source>
      <translation>part des points de référence bien cartographiés avant</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>share of the reference points mapped right after</source>
      <translation>part des points de référence bien cartographiés après</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Give a class map, probabilities, or both.</source>
      <translation>Donnez une carte des classes, des probabilités, ou les deux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/refine_map.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
  </context>
  <context>
    <name>ReplayAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Replay</source>
      <translation>Rejouer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Makes an output again from its record and says whether it is the same.</source>
      <translation>Refait une sortie d'après son enregistrement et dit si elle est la même.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Beside each output lies a record of what made it. This runs it again into another folder and says of each output whether it is identical, and of each input whether it has changed since or is missing.

The page shows the whole way back: from a map to the model, the samples, the labels and the imagery, as far as records reach.</source>
      <translation>À côté de chaque sortie se trouve un enregistrement de ce qui l'a produite. Ceci le relance dans un autre dossier et dit de chaque sortie si elle est identique, et de chaque entrée si elle a changé depuis ou manque.

La page montre tout le chemin à rebours : d'une carte au modèle, aux échantillons, aux étiquettes et à l'imagerie, aussi loin que vont les enregistrements.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Record</source>
      <translation>Enregistrement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Records (*{})</source>
      <translation>Enregistrements (*{})</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>The file that ends in .cropsample.json beside an output.</source>
      <translation>Le fichier qui finit par .cropsample.json à côté d'une sortie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Make the outputs again</source>
      <translation>Refaire les sorties</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Without it, only the inputs are checked and the page is written.</source>
      <translation>Sinon, seules les entrées sont vérifiées et la page est écrite.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Folder for the new outputs</source>
      <translation>Dossier des nouvelles sorties</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Where the outputs are made again; the old ones are not touched.</source>
      <translation>Où les sorties sont refaites ; les anciennes ne sont pas touchées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Page</source>
      <translation>Page</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>The way from imagery and labels to the output as a readable page.</source>
      <translation>Le chemin de l'imagerie et des étiquettes jusqu'à la sortie, en une page lisible.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>1 when all outputs are identical, 0 when not, -1 when nothing was compared</source>
      <translation>1 quand toutes les sorties sont identiques, 0 sinon, -1 quand rien n'a été comparé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>number of outputs that differ</source>
      <translation>nombre de sorties qui diffèrent</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>number of input files that have changed or are missing</source>
      <translation>nombre de fichiers d'entrée modifiés ou manquants</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>{} has changed: SHA-256 was {}, is {}.</source>
      <translation>{} a changé : SHA-256 était {}, est {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>{} is missing; its SHA-256 was {}.</source>
      <translation>{} manque ; son SHA-256 était {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>The record {} was written without the call that made it; it can be read, but not replayed.</source>
      <translation>L'enregistrement {} a été écrit sans l'appel qui l'a produit ; il peut être lu, mais pas rejoué.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>There is no algorithm {} here.</source>
      <translation>Il n'y a pas d'algorithme {} ici.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>These inputs are missing; put them back where they were:
{}</source>
      <translation>Ces entrées manquent ; remettez-les où elles étaient :
{}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>Choose another folder than that of the outputs themselves.</source>
      <translation>Choisissez un autre dossier que celui des sorties elles-mêmes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>was not made again</source>
      <translation>n'a pas été refait</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/replay.py" />
      <source>differs in its {}: SHA-256 was {}, is {}</source>
      <translation>diffère ({}) : SHA-256 était {}, est {}</translation>
    </message>
  </context>
  <context>
    <name>RepresentativeSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Representative samples</source>
      <translation>Échantillons représentatifs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Chooses the fields to visit that together resemble all fields best.</source>
      <translation>Choisit les parcelles à visiter qui, ensemble, ressemblent le mieux à toutes les parcelles.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Draws many sample sets from the strata, keeps the one with the best representativeness index (CRI), and improves it by exchanging samples until the index levels off. Samples lie well inside their fields, in the order in which they are worth visiting.

The report compares the set with random and stratified sets, shows how many samples are worth it, and what stays under-represented. This is not a probability sample: train with it, but do not estimate areas or the accuracy of a map from it.</source>
      <translation>Tire de nombreux jeux d'échantillons dans les strates, garde celui au meilleur indice de représentativité (CRI), et l'améliore en échangeant des échantillons jusqu'à ce que l'indice plafonne. Les échantillons sont bien à l'intérieur de leurs parcelles, dans l'ordre où il vaut la peine de les visiter.

Le rapport compare le jeu à des jeux aléatoires et stratifiés, montre combien d'échantillons en valent la peine, et ce qui reste sous-représenté. Ce n'est pas un échantillon probabiliste : entraînez avec lui, mais n'en estimez ni superficies ni exactitude d'une carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Objects</source>
      <translation>Objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Fields made by 'Object stratification', or any layer with series or numbers in its fields.</source>
      <translation>Parcelles faites par « Stratification par objets », ou toute couche qui porte des séries ou des nombres dans ses champs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Stratum field</source>
      <translation>Champ de strate</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Field with the kind of each object, text or numbers; without it strata are made.</source>
      <translation>Champ du type de chaque objet, texte ou nombres ; sans lui, des strates sont construites.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Number of samples</source>
      <translation>Nombre d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>How many samples there are to be, existing ones included.</source>
      <translation>Combien il doit y avoir d'échantillons, les existants compris.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Allocation</source>
      <translation>Répartition</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>proportional: strata get samples by their share; equal: every stratum the same; neyman: more where a stratum is varied. Every stratum gets one at least when possible.</source>
      <translation>proportional : les strates reçoivent des échantillons selon leur part ; equal : autant pour chaque strate ; neyman : plus là où une strate est variée. Chaque strate en reçoit au moins un si possible.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Optimise by exchange</source>
      <translation>Optimiser par échange</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Improve the best set by exchanging samples until the index levels off.</source>
      <translation>Améliorer le meilleur jeu en échangeant des échantillons jusqu'à ce que l'indice plafonne.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Number of candidate sets</source>
      <translation>Nombre de jeux candidats</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>How many sets are drawn, of which the best is kept.</source>
      <translation>Combien de jeux sont tirés, dont le meilleur est gardé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Version of the index</source>
      <translation>Version de l'indice</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>current: the one that the evidence supports; first: the earlier one, for comparison.</source>
      <translation>current : celle que les faits soutiennent ; first : la précédente, pour comparer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>The same seed gives the same set.</source>
      <translation>La même graine donne le même jeu.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Existing samples</source>
      <translation>Échantillons existants</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Samples that exist already; they are kept and completed, not repeated.</source>
      <translation>Échantillons qui existent déjà ; ils sont gardés et complétés, non répétés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>No-go areas</source>
      <translation>Zones interdites</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Areas that cannot be entered; their fields count, but hold no sample.</source>
      <translation>Zones où l'on ne peut entrer ; leurs parcelles comptent, mais ne portent pas d'échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Roads</source>
      <translation>Routes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>The nearer to one of these features, the cheaper a sample.</source>
      <translation>Plus un échantillon est proche d'une de ces entités, moins il coûte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Cost raster</source>
      <translation>Raster de coût</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Cost of a visit at each place, such as travel time.</source>
      <translation>Coût d'une visite en chaque lieu, par exemple le temps de trajet.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Weight of cost</source>
      <translation>Poids du coût</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>How much of the index may be given up for cost: 0.05 gives up about 5 % for the median cost.</source>
      <translation>Quelle part de l'indice peut être cédée au coût : 0.05 cède environ 5 % pour le coût médian.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Minimum distance [metres]</source>
      <translation>Distance minimale [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Samples are at least this far apart.</source>
      <translation>Les échantillons sont au moins aussi éloignés l'un de l'autre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Points with id, object, stratum, priority, coordinates, and empty fields to fill in.</source>
      <translation>Points avec identifiant, objet, strate, priorité, coordonnées, et des champs vides à remplir.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Waypoints</source>
      <translation>Points de passage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>GPX files (*.gpx)</source>
      <translation>Fichiers GPX (*.gpx)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>The same points for a GPS device.</source>
      <translation>Les mêmes points pour un appareil GPS.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>The index and its components, compared with other sets, curves and maps, as a page to read.</source>
      <translation>L'indice et ses composantes, comparés à d'autres jeux, des courbes et des cartes, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>median index of random sets of this size</source>
      <translation>indice médian de jeux aléatoires de cette taille</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/representative_samples.py" />
      <source>median index of stratified sets of this size</source>
      <translation>indice médian de jeux stratifiés de cette taille</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>representativeness of the set, 0 to 1</source>
      <translation>représentativité du jeu, de 0 à 1</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>strata have their share of the samples</source>
      <translation>les strates ont leur part des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>share of strata with a sample</source>
      <translation>part des strates avec un échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>samples are distributed like the objects</source>
      <translation>les échantillons sont distribués comme les objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>objects have a sample close to them in the features</source>
      <translation>les objets ont un échantillon proche d'eux dans les variables</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>objects are like the sample that stands for them</source>
      <translation>les objets ressemblent à l'échantillon qui les représente</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sampling_parameters.py" />
      <source>samples are spread over the map</source>
      <translation>les échantillons sont répartis sur la carte</translation>
    </message>
  </context>
  <context>
    <name>ResultLayers</name>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Crop map</source>
      <translation>Carte des cultures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Class probabilities</source>
      <translation>Probabilités des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/result_layers.py" />
      <source>Uncertainty</source>
      <translation>Incertitude</translation>
    </message>
  </context>
  <context>
    <name>RetrainAndPropose</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>Retrain and propose…</source>
      <translation>Réentraîner et proposer…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>Train with the labels so far, and propose what to label next</source>
      <translation>Entraîner avec les étiquettes actuelles, et proposer quoi étiqueter ensuite</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>Stop proposing</source>
      <translation>Arrêter la proposition</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>Retrain and propose: {}</source>
      <translation>Réentraîner et proposer : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>Propose: {}</source>
      <translation>Proposer : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>{} samples on whose class labelers differ are not trained with.</source>
      <translation>{} échantillons sur la classe desquels les annotateurs divergent ne servent pas à l'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>The proposals for {} are there; they come into its queue when it is opened again. They are in {}.</source>
      <translation>Les propositions pour {} sont là ; elles entrent dans sa file quand elle sera rouverte. Elles sont dans {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>The proposals could not be added; open the session again to add them. They are in {}.</source>
      <translation>Les propositions n'ont pas pu être ajoutées ; rouvrez la session pour les ajouter. Elles sont dans {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>{} proposed samples come next in the queue, each with its reason.</source>
      <translation>{} échantillons proposés viennent ensuite dans la file, chacun avec sa raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>{} more lie where samples were added meanwhile, or too near to them.</source>
      <translation>{} autres se trouvent là où des échantillons ont été ajoutés entre-temps, ou trop près d'eux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>Proposing was stopped; the labels are as they were.</source>
      <translation>La proposition a été arrêtée ; les étiquettes sont comme avant.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_and_propose.py" />
      <source>Nothing was proposed for {}: {} The labels are as they were.</source>
      <translation>Rien n'a été proposé pour {} : {} Les étiquettes sont comme avant.</translation>
    </message>
  </context>
  <context>
    <name>RetrainDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Retrain and propose</source>
      <translation>Réentraîner et proposer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>a model trained with the labels so far</source>
      <translation>un modèle entraîné avec les étiquettes actuelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>a map of probabilities</source>
      <translation>une carte de probabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>a model package</source>
      <translation>un paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>the two best classes are close</source>
      <translation>les deux meilleures classes sont proches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>the best class is improbable</source>
      <translation>la meilleure classe est improbable</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>all classes are as likely</source>
      <translation>toutes les classes sont aussi probables</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>&amp;From</source>
      <translation>&amp;De</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Dated &amp;stack</source>
      <translation>&amp;Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>&amp;Model</source>
      <translation>&amp;Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>&amp;Probabilities</source>
      <translation>P&amp;robabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Model pac&amp;kage</source>
      <translation>Paquet de modè&amp;le</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>&amp;Number of samples</source>
      <translation>&amp;Nombre d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Minimum &amp;distance [metres]</source>
      <translation>Distance &amp;minimale [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>&amp;Unsure where</source>
      <translation>&amp;Incertain là où</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Di&amp;versity</source>
      <translation>Di&amp;versité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Between proposed samples, and to all samples of the session</source>
      <translation>Entre échantillons proposés, et avec tous les échantillons de la session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>0: the most uncertain ones, alike or not; 1: the most varied ones</source>
      <translation>0 : les plus incertains, semblables ou non ; 1 : les plus variés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>It runs in the background; go on labeling. The samples come next in the queue.</source>
      <translation>Cela tourne en arrière-plan ; continuez à étiqueter. Les échantillons viennent ensuite dans la file.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Add a dated stack to the project: the model maps it.</source>
      <translation>Ajoutez une pile datée au projet : le modèle la cartographie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Choose the probabilities that 'Predict map' has written.</source>
      <translation>Choisissez les probabilités que « Prédire la carte » a écrites.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/retrain_dialog.py" />
      <source>Choose the model package that 'Train classifier' has written.</source>
      <translation>Choisissez le paquet de modèle que « Entraîner un classifieur » a écrit.</translation>
    </message>
  </context>
  <context>
    <name>RunTexts</name>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>accuracy {}</source>
      <translation>exactitude {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>macro F1 {}</source>
      <translation>F1 macro {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} samples</source>
      <translation>{} échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} dropped</source>
      <translation>{} écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} dates</source>
      <translation>{} dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} pixels mapped</source>
      <translation>{} pixels cartographiés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/run_texts.py" />
      <source>{} pixels per second</source>
      <translation>{} pixels par seconde</translation>
    </message>
  </context>
  <context>
    <name>SampleKml</name>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/sample_kml.py" />
      <source>This sample has no place on the map.</source>
      <translation>Cet échantillon n'a pas de place sur la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/sample_kml.py" />
      <source>The coordinate system of the session is not known.</source>
      <translation>Le système de coordonnées de la session n'est pas connu.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/sample_kml.py" />
      <source>This sample cannot be placed on the earth: {}</source>
      <translation>Cet échantillon ne peut pas être placé sur la Terre : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/labeling/sample_kml.py" />
      <source>This sample cannot be placed on the earth.</source>
      <translation>Cet échantillon ne peut pas être placé sur la Terre.</translation>
    </message>
  </context>
  <context>
    <name>SampleQualityAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Pixels per polygon</source>
      <translation>Pixels par polygone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>1: the most central pixel of each polygon; more: that many random pixels, or all there are.</source>
      <translation>1 : le pixel le plus central de chaque polygone ; plus : autant de pixels aléatoires, ou tous ceux qu'il y a.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_parameters.py" />
      <source>Distance that pixels keep from the polygon's edge, to avoid mixed pixels.</source>
      <translation>Distance des pixels au bord du polygone, pour éviter les pixels mixtes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Sample quality</source>
      <translation>Qualité des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Says for each label whether its time series supports it, why, and how much it should weigh.</source>
      <translation>Dit pour chaque étiquette si sa série temporelle la soutient, pourquoi, et combien elle devrait peser.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Judges every label by its series: Keep (the series is like those of its class), Suspect (it does not decide), Remove (it is like those of another class), DataGap (too few clear observations in its season to tell) or NA (no date, or a class with too few samples). Nothing is deleted: category, evidence, reason, a suggested label and a weight are written beside the label.

Give the field 'tisqe_weight' to 'Train classifier' as weight field, and use judged samples for training only: the test samples must stay as they are.

Methods: tisqe compares each class with all others on self-organizing maps, averaged over several seeds; confident_learning asks models that did not see the sample; combined asks both and goes by the mean; sits_som is the rule published with the R package sits.</source>
      <translation>Juge chaque étiquette par sa série : Keep (la série ressemble à celles de sa classe), Suspect (elle ne tranche pas), Remove (elle ressemble à celles d'une autre classe), DataGap (trop peu d'observations claires dans sa saison pour le dire) ou NA (pas de date, ou une classe avec trop peu d'échantillons). Rien n'est supprimé : catégorie, indications, raison, étiquette proposée et poids sont écrits à côté de l'étiquette.

Donnez le champ « tisqe_weight » à « Entraîner un classificateur » comme champ de poids, et n'utilisez les échantillons jugés que pour l'entraînement : les échantillons de test doivent rester tels quels.

Méthodes : tisqe compare chaque classe à toutes les autres sur des cartes auto-organisatrices, moyennées sur plusieurs graines ; confident_learning interroge des modèles qui n'ont pas vu l'échantillon ; combined interroge les deux et suit la moyenne ; sits_som est la règle publiée avec le paquet R sits.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Method</source>
      <translation>Méthode</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>How labels are judged; see above.</source>
      <translation>Comment les étiquettes sont jugées ; voir ci-dessus.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Keep class shares</source>
      <translation>Garder les parts des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Scale weights, at most threefold, so that each class counts in all as much as it has samples.</source>
      <translation>Ajuster les poids, au plus au triple, pour que chaque classe compte en tout autant qu'elle a d'échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>The same seed gives the same result.</source>
      <translation>La même graine donne le même résultat.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Labeled series made by 'Extract time series', or labeled samples when a stack is given.</source>
      <translation>Séries étiquetées faites par « Extraire des séries temporelles », ou échantillons étiquetés quand une pile est donnée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Field with the label of each sample, text or whole numbers.</source>
      <translation>Champ de l'étiquette de chaque échantillon, texte ou nombres entiers.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Date field</source>
      <translation>Champ de date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>When the label was observed: a date, or a year alone. Empty: each sample gets its main season.</source>
      <translation>Quand l'étiquette a été observée : une date, ou une année seule. Vide : chaque échantillon reçoit sa saison principale.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>The stack to read series from, for samples that have none of their own.</source>
      <translation>La pile où lire les séries, pour des échantillons qui n'en ont pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Series start field</source>
      <translation>Champ de début de série</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>First day of each sample's own series, where its steps carry no dates (NDVI_t01).</source>
      <translation>Premier jour de la série de chaque échantillon, quand ses pas ne portent pas de dates (NDVI_t01).</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Series end field</source>
      <translation>Champ de fin de série</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Last day of each sample's own series.</source>
      <translation>Dernier jour de la série de chaque échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Band roles</source>
      <translation>Rôles des bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Which band is what where names do not tell, such as N=nir_mean, R=red_mean.</source>
      <translation>Quelle bande est quoi quand les noms ne le disent pas, par exemple N=nir_mean, R=red_mean.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Index of greenness</source>
      <translation>Indice de verdure</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Index or band that seasons are found in. Empty: EVI2, else NDVI.</source>
      <translation>Indice ou bande où les saisons sont cherchées. Vide : EVI2, sinon NDVI.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Merge similar class names</source>
      <translation>Fusionner les noms de classe semblables</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Take names that differ in capitals, spaces or hyphens alone for one class.</source>
      <translation>Prendre pour une seule classe les noms qui ne diffèrent que par les majuscules, les espaces ou les traits d'union.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Compared with</source>
      <translation>Comparé avec</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>year: all samples, over the whole year; kind: samples whose season lies at the same time of any year; season: those of the same season. Where a class has too few there, the wider one is taken.</source>
      <translation>year : tous les échantillons, sur toute l'année ; kind : les échantillons dont la saison tombe à la même époque de n'importe quelle année ; season : ceux de la même saison. Là où une classe en a trop peu, le choix plus large est pris.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Fewest samples</source>
      <translation>Nombre minimal d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Samples that a class, and all others, need to be compared; smaller classes are NA.</source>
      <translation>Échantillons qu'il faut à une classe, et à toutes les autres ensemble, pour être comparée ; les classes plus petites sont NA.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Probability of Keep</source>
      <translation>Probabilité de Keep</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Prior and posterior that Keep needs.</source>
      <translation>Probabilités a priori et a posteriori qu'il faut pour Keep.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Margin of Keep</source>
      <translation>Marge de Keep</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Margin that Keep needs; above 0 the nearest neuron is of its own class.</source>
      <translation>Marge qu'il faut pour Keep ; au-dessus de 0, le neurone le plus proche est de la classe même.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Margin of Remove</source>
      <translation>Marge de Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Margin at or below which the series contradicts the label.</source>
      <translation>Marge en deçà de laquelle, ou à laquelle, la série contredit l'étiquette.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Smallest separability</source>
      <translation>Séparabilité minimale</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Separability an index needs to tell a class from the others; classes without one are NA.</source>
      <translation>Séparabilité qu'il faut à un indice pour distinguer une classe des autres ; les classes sans un tel indice sont NA.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Maps to average</source>
      <translation>Cartes à moyenner</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Self-organizing maps, each with another seed, whose evidence is averaged.</source>
      <translation>Cartes auto-organisatrices, chacune d'une autre graine, dont les indications sont moyennées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Map side</source>
      <translation>Côté de la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Neurons along a side; 0: by the number of samples (tisqe), 10 (sits_som).</source>
      <translation>Neurones sur un côté ; 0 : selon le nombre d'échantillons (tisqe), 10 (sits_som).</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Prior threshold of sits</source>
      <translation>Seuil a priori de sits</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>sits_som: labels with a smaller share in their neuron are Remove.</source>
      <translation>sits_som : les étiquettes de part plus petite dans leur neurone sont Remove.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Posterior threshold of sits</source>
      <translation>Seuil a posteriori de sits</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>sits_som: the others with a smaller smoothed share are Suspect.</source>
      <translation>sits_som : les autres, de part lissée plus petite, sont Suspect.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Rounds of sits</source>
      <translation>Tours de sits</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>sits_som: how often each sample is shown to the map.</source>
      <translation>sits_som : combien de fois chaque échantillon est montré à la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Number of folds</source>
      <translation>Nombre de blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>confident_learning, combined: parts that are held out in turn.</source>
      <translation>confident_learning, combined : parts réservées tour à tour.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Fewest observations</source>
      <translation>Nombre minimal d'observations</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Clear observations that the season needs, as far as the series has so many dates.</source>
      <translation>Observations claires qu'il faut dans la saison, pour autant que la série ait autant de dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Longest gap [days]</source>
      <translation>Lacune la plus longue [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Longest time in the season without a clear observation; never below two dates apart.</source>
      <translation>Plus longue durée dans la saison sans observation claire ; jamais moins que l'écart de deux dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Nearness to the peak [days]</source>
      <translation>Proximité du pic [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>A clear observation is needed this near to the peak of the season.</source>
      <translation>Une observation claire doit être au moins aussi proche du pic de la saison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Nearness to the date [days]</source>
      <translation>Proximité de la date [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>A season this far from the sample's date is still its season.</source>
      <translation>Une saison à cette distance de la date de l'échantillon est encore sa saison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Smallest prominence</source>
      <translation>Proéminence minimale</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>How far a peak must stand above its valleys, in units of the index.</source>
      <translation>De combien un pic doit dépasser les creux voisins, en unités de l'indice.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Shortest season [days]</source>
      <translation>Saison la plus courte [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Shorter seasons are not counted.</source>
      <translation>Les saisons plus courtes ne sont pas comptées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Longest season [days]</source>
      <translation>Saison la plus longue [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Longer seasons are not counted.</source>
      <translation>Les saisons plus longues ne sont pas comptées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Crop calendar</source>
      <translation>Calendrier cultural</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Polygons with the days of the year at which crops start and end, as of GEOGLAM: seasons are then those of the sample's crop. An end before the start lies in the next year.</source>
      <translation>Polygones avec les jours de l'année où les cultures commencent et finissent, comme ceux de GEOGLAM : les saisons sont alors celles de la culture de l'échantillon. Une fin avant le début tombe l'année suivante.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Crop calendar as a raster</source>
      <translation>Calendrier cultural en raster</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>The same as a raster with start and end in pairs of bands, as of WorldCereal; 0 is no data.</source>
      <translation>Le même en raster avec début et fin en paires de bandes, comme celui de WorldCereal ; 0 : pas de données.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Crop field of the calendar</source>
      <translation>Champ de culture du calendrier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Field with the crop of each polygon. Empty: each polygon counts for all classes.</source>
      <translation>Champ de la culture de chaque polygone. Vide : chaque polygone vaut pour toutes les classes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Start field of the calendar</source>
      <translation>Champ de début du calendrier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Field with the first day of the year of the season, 1 to 366.</source>
      <translation>Champ du premier jour de l'année de la saison, de 1 à 366.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>End field of the calendar</source>
      <translation>Champ de fin du calendrier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Field with the last day of the year of the season, 1 to 366.</source>
      <translation>Champ du dernier jour de l'année de la saison, de 1 à 366.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Classes and their calendars</source>
      <translation>Classes et leurs calendriers</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Which crop of the calendar a class is, such as 'Soy_Corn = soybean; Soy_Corn = maize', or which pair of fields or bands, such as 'maize = m1sos:m1eos' or 'wheat = 1:2'; * is every other class. Empty: the crop named like the class.</source>
      <translation>Quelle culture du calendrier est une classe, par exemple « Soy_Corn = soybean; Soy_Corn = maize », ou quelle paire de champs ou de bandes, par exemple « maize = m1sos:m1eos » ou « wheat = 1:2 » ; * est toute autre classe. Vide : la culture de même nom que la classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of Keep</source>
      <translation>Poids de Keep</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of Suspect</source>
      <translation>Poids de Suspect</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of Remove</source>
      <translation>Poids de Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of DataGap</source>
      <translation>Poids de DataGap</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of NA</source>
      <translation>Poids de NA</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>How much such samples count in training; 0 leaves them out.</source>
      <translation>Combien ces échantillons comptent à l'entraînement ; 0 les écarte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Weight of dates out of season</source>
      <translation>Poids des dates hors saison</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>How much dates outside of every growing season count, in the quality facts.</source>
      <translation>Combien comptent, dans les faits de qualité, les dates hors de toute saison de croissance.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Judged samples</source>
      <translation>Échantillons jugés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>The samples with category, weight, evidence, season, suggested label and the reason in words.</source>
      <translation>Les échantillons avec catégorie, poids, indications, saison, étiquette proposée et la raison en mots.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Seasons</source>
      <translation>Saisons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Table of the seasons found, with the samples of each class.</source>
      <translation>Table des saisons trouvées, avec les échantillons de chaque classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Indices</source>
      <translation>Indices</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Table of how well each index tells each class, and the choice.</source>
      <translation>Table disant à quel point chaque indice distingue chaque classe, et le choix.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Ledger</source>
      <translation>Bilan</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Table of the categories by class and season; counts every sample.</source>
      <translation>Table des catégories par classe et saison ; compte chaque échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Counts, seasons, indices, maps of neurons and examples of each category, as a page to read.</source>
      <translation>Comptes, saisons, indices, cartes de neurones et exemples de chaque catégorie, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Quality facts</source>
      <translation>Faits de qualité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>JSON files (*.json)</source>
      <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Counts, thresholds and weights of the dates in season, for 'Train classifier' to use and keep.</source>
      <translation>Comptes, seuils et poids des dates en saison, que « Entraîner un classificateur » utilise et garde.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>Table of samples that no series could be read for, each with the reason.</source>
      <translation>Table des échantillons dont aucune série n'a pu être lue, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of Keep</source>
      <translation>nombre de Keep</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of Suspect</source>
      <translation>nombre de Suspect</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of Remove</source>
      <translation>nombre de Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of DataGap</source>
      <translation>nombre de DataGap</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of NA</source>
      <translation>nombre de NA</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of samples</source>
      <translation>nombre d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of seasons found</source>
      <translation>nombre de saisons trouvées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_quality.py" />
      <source>number of samples that share place and year with another</source>
      <translation>nombre d'échantillons qui partagent lieu et année avec un autre</translation>
    </message>
  </context>
  <context>
    <name>SampleSeries</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/sample_series.py" />
      <source>Sample {}</source>
      <translation>Échantillon {}</translation>
    </message>
  </context>
  <context>
    <name>SampleSizeAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Sample size</source>
      <translation>Taille de l'échantillon</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Says how many samples are needed to prove a map, or to train a classifier.</source>
      <translation>Dit combien d'échantillons il faut pour prouver une carte, ou pour entraîner un classificateur.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>For a class map: the size of a stratified sample for a standard error of overall accuracy (Olofsson et al. 2014, eq. 13), of a simple random sample for the interval of a share (Cochran), and the number each class needs to show that its user's accuracy is not 0.1 below what is expected (power 80 %).

For objects: the number of samples at which the representativeness index levels off, for training.</source>
      <translation>Pour une carte des classes : la taille d'un échantillon stratifié pour une erreur type de l'exactitude globale (Olofsson et al. 2014, éq. 13), d'un échantillon aléatoire simple pour l'intervalle d'une part (Cochran), et le nombre qu'il faut à chaque classe pour montrer que sa précision utilisateur n'est pas 0.1 au-dessous de l'attente (puissance 80 %).

Pour des objets : le nombre d'échantillons où l'indice de représentativité plafonne, pour l'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Expected accuracy of other classes</source>
      <translation>Précision attendue des autres classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>User's accuracy expected of classes that are not named.</source>
      <translation>Précision utilisateur attendue des classes qui ne sont pas nommées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Target standard error</source>
      <translation>Erreur type visée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Standard error of overall accuracy; 0.01 to 0.02 is usual.</source>
      <translation>Erreur type de l'exactitude globale ; 0.01 à 0.02 est d'usage.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Half width of the interval</source>
      <translation>Demi-largeur de l'intervalle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Half the width of the 95 % interval of a share, for a simple random sample.</source>
      <translation>Demi-largeur de l'intervalle à 95 % d'une part, pour un échantillon aléatoire simple.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Minimum per class</source>
      <translation>Minimum par classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Samples that even a rare class gets.</source>
      <translation>Échantillons que reçoit même une classe rare.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Objects</source>
      <translation>Objets</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Fields for which to find the number of samples at which the index levels off.</source>
      <translation>Parcelles pour lesquelles trouver le nombre d'échantillons où l'indice plafonne.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>The same seed gives the same curve.</source>
      <translation>La même graine donne la même courbe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Sizes</source>
      <translation>Tailles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Table with one row per class and one column per allocation.</source>
      <translation>Table avec une ligne par classe et une colonne par répartition.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>The sizes and what each is for, as a page to read.</source>
      <translation>Les tailles et à quoi sert chacune, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>number of samples for the target standard error, or for training</source>
      <translation>nombre d'échantillons pour l'erreur type visée, ou pour l'entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>size by Olofsson eq. 13</source>
      <translation>taille selon Olofsson éq. 13</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>size by Cochran</source>
      <translation>taille selon Cochran</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>number at which the index bends most, 0 for none</source>
      <translation>nombre où l'indice s'infléchit le plus, 0 s'il n'y en a pas</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>smallest number at which choosing well gains less than 0.03, 0 for none</source>
      <translation>plus petit nombre où bien choisir gagne moins de 0.03, 0 s'il n'y en a pas</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/sample_size.py" />
      <source>Give a class map, objects, or both.</source>
      <translation>Donnez une carte des classes, des objets, ou les deux.</translation>
    </message>
  </context>
  <context>
    <name>SearchHyperparametersAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Search hyperparameters</source>
      <translation>Rechercher des hyperparamètres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Finds the settings of a model that suit the samples.</source>
      <translation>Trouve les réglages d'un modèle qui conviennent aux échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Tries settings of a model, each on places, parcels or years that it was not trained on, and learns from every trial where to look next. The settings found go into a file for 'Train classifier'.

One fold takes no part in the search: on it the chosen setting is compared with the model's default, for the best of many trials always looks better than it is. The trials appear in the Jobs panel as they are made.</source>
      <translation>Essaie des réglages d'un modèle, chacun sur des lieux, des parcelles ou des années sur lesquels il n'a pas été entraîné, et apprend de chaque essai où chercher ensuite. Les réglages trouvés vont dans un fichier pour « Entraîner un classificateur ».

Un bloc ne prend pas part à la recherche : sur lui, le réglage choisi est comparé à celui par défaut du modèle, car le meilleur de nombreux essais paraît toujours meilleur qu'il n'est. Les essais apparaissent dans le panneau Travaux à mesure qu'ils sont faits.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>The same seed tries the same settings.</source>
      <translation>La même graine essaie les mêmes réglages.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>The model to find settings for.</source>
      <translation>Le modèle dont chercher les réglages.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Number of trials</source>
      <translation>Nombre d'essais</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Settings to try; the first is the model's default.</source>
      <translation>Réglages à essayer ; le premier est celui par défaut du modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Choose by</source>
      <translation>Choisir par</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>score: the best mean F1 score; knee: where more training time no longer brings much.</source>
      <translation>score : le meilleur score F1 moyen ; knee : là où plus de temps d'entraînement n'apporte plus grand-chose.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Longest time [minutes]</source>
      <translation>Durée maximale [minutes]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>No trial begins after it; the best until then is chosen. 0: no limit.</source>
      <translation>Aucun essai ne commence après elle ; le meilleur jusque-là est choisi. 0 : pas de limite.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Hyperparameters</source>
      <translation>Hyperparamètres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>JSON files (*.json)</source>
      <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>The settings found, a file for 'Train classifier'.</source>
      <translation>Les réglages trouvés, un fichier pour « Entraîner un classificateur ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Trials</source>
      <translation>Essais</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Every setting tried, with its score and time.</source>
      <translation>Chaque réglage essayé, avec son score et sa durée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>The trials, score against time, and the check on the unseen fold, as a page to read.</source>
      <translation>Les essais, le score en fonction du temps, et la vérification sur le bloc non vu, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>Table of the samples that were left out, each with the reason.</source>
      <translation>Table des échantillons écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>settings chosen</source>
      <translation>réglages choisis</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>mean F1 score of the chosen setting on the folds of the search</source>
      <translation>score F1 moyen du réglage choisi sur les blocs de la recherche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>the same of the model's default</source>
      <translation>le même pour le réglage par défaut du modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>mean F1 score of the chosen setting on the unseen fold</source>
      <translation>score F1 moyen du réglage choisi sur le bloc non vu</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>number of settings tried</source>
      <translation>nombre de réglages essayés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>number of samples used</source>
      <translation>nombre d'échantillons utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/search_hyperparameters.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
  </context>
  <context>
    <name>SeriesPlot</name>
    <message>
      <location filename="../cropsample_plugin/gui/plot_legend.py" />
      <source>cloudy</source>
      <translation>nuageux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/plot_legend.py" />
      <source>no data</source>
      <translation>pas de données</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/plot_legend.py" />
      <source>season, peak</source>
      <translation>saison, pic</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/plot_legend.py" />
      <source>{} (mean ± s.d., n = {})</source>
      <translation>{} (moyenne ± é.-t., n = {})</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/plot_legend.py" />
      <source>{} (mean ± s.d.)</source>
      <translation>{} (moyenne ± é.-t.)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/series_plot.py" />
      <source>Time series</source>
      <translation>Séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/series_plot.py" />
      <source>Nothing to show.</source>
      <translation>Rien à afficher.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/series_readout.py" />
      <source>{} (cloudy)</source>
      <translation>{} (nuageux)</translation>
    </message>
  </context>
  <context>
    <name>SessionClasses</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes.py" />
      <source>{} labels by other labelers use the class '{}'.</source>
      <translation>{} étiquettes d'autres annotateurs emploient la classe '{}'.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes.py" />
      <source>Keep the class, or settle these samples first.</source>
      <translation>Gardez la classe, ou tranchez d'abord ces échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes.py" />
      <source>{} of your labels use the class '{}'.</source>
      <translation>{} de vos étiquettes emploient la classe '{}'.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes.py" />
      <source>Keep the class, or choose the one that they get instead.</source>
      <translation>Gardez la classe, ou choisissez celle qu'elles reçoivent à la place.</translation>
    </message>
  </context>
  <context>
    <name>SessionClassesDialog</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes_dialog.py" />
      <source>Classes of this session</source>
      <translation>Classes de cette session</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes_dialog.py" />
      <source>Add</source>
      <translation>Ajouter</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes_dialog.py" />
      <source>Remove</source>
      <translation>Remove</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes_dialog.py" />
      <source>Give keys</source>
      <translation>Donner des touches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes_dialog.py" />
      <source>The target '{}' is no whole number.</source>
      <translation>L'objectif '{}' n'est pas un nombre entier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes_dialog.py" />
      <source>Keep the class</source>
      <translation>Garder la classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes_dialog.py" />
      <source>Labels of {}</source>
      <translation>Étiquettes de {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/session_classes_dialog.py" />
      <source>{} of your labels are '{}'. They become:</source>
      <translation>{} de vos étiquettes sont '{}'. Elles deviennent :</translation>
    </message>
  </context>
  <context>
    <name>SessionTexts</name>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Random forest</source>
      <translation>Forêt aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Fast, needs no tuning and little data: the right first map.</source>
      <translation>Rapide, sans réglage et avec peu de données : la bonne première carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Gradient boosting</source>
      <translation>Gradient boosting</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Trees that correct each other; strong with thousands of samples.</source>
      <translation>Des arbres qui se corrigent l'un l'autre ; forts avec des milliers d'échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Support vector machine (RBF)</source>
      <translation>Machine à vecteurs de support (RBF)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Strong with some hundred samples; slow with more than ten thousand.</source>
      <translation>Forte avec quelques centaines d'échantillons ; lente au-delà de dix mille.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>LSTM recurrent network</source>
      <translation>Réseau récurrent LSTM</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Reads the season in order. Best with a thousand samples or more.</source>
      <translation>Lit la saison dans l'ordre. Meilleur avec mille échantillons ou plus.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Multi-headed LSTM</source>
      <translation>LSTM à plusieurs têtes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Learns from few local samples and many from elsewhere; the domain field tells them apart.</source>
      <translation>Apprend de peu d'échantillons locaux et de beaucoup d'ailleurs ; le champ de domaine les distingue.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Transformer</source>
      <translation>Transformer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Best of the best-practices study with many samples; slow without a graphics card.</source>
      <translation>Le meilleur de l'étude des bonnes pratiques avec beaucoup d'échantillons ; lent sans carte graphique.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Lightweight attention (L-TAE)</source>
      <translation>Attention légère (L-TAE)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Looks at the dates that matter; small and quick for a network.</source>
      <translation>Regarde les dates qui comptent ; petit et rapide pour un réseau.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Convolutional network (TempCNN)</source>
      <translation>Réseau convolutif (TempCNN)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Finds patterns in time; quick to train and to map.</source>
      <translation>Trouve des motifs dans le temps ; rapide à entraîner et à cartographier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Convolutional network (CNN-1D)</source>
      <translation>Réseau convolutif (CNN-1D)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Small; made for dense Sentinel-1 series and for moving to another season.</source>
      <translation>Petit ; fait pour des séries Sentinel-1 denses et pour passer à une autre saison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>A recurrent network of the best-practices study.</source>
      <translation>Un réseau récurrent de l'étude des bonnes pratiques.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>RNN, all dates</source>
      <translation>RNN, toutes les dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>LSTM, all dates</source>
      <translation>LSTM, toutes les dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>GRU, all dates</source>
      <translation>GRU, toutes les dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Bidirectional RNN</source>
      <translation>RNN bidirectionnel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Bidirectional LSTM</source>
      <translation>LSTM bidirectionnel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Bidirectional GRU</source>
      <translation>GRU bidirectionnel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Bidirectional RNN with attention</source>
      <translation>RNN bidirectionnel avec attention</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Bidirectional LSTM with attention</source>
      <translation>LSTM bidirectionnel avec attention</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Bidirectional GRU with attention</source>
      <translation>GRU bidirectionnel avec attention</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Hold out one fifth</source>
      <translation>Réserver un cinquième</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Five folds</source>
      <translation>Cinq blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>None</source>
      <translation>Aucune</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Whole stack</source>
      <translation>Toute la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>What the map window shows</source>
      <translation>Ce que montre la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Polygons of a layer</source>
      <translation>Polygones d'une couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{dates} dates, {first} to {last} · {bands}</source>
      <translation>{dates} dates, du {first} au {last} · {bands}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{count} samples</source>
      <translation>{count} échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{count} samples · {classes} classes</source>
      <translation>{count} échantillons · {classes} classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Ready: {model} will be trained and the map made in the background.</source>
      <translation>Prêt : {model} sera entraîné et la carte faite en arrière-plan.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>The engine is not ready. {}</source>
      <translation>Le moteur n'est pas prêt. {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the image time series, or build one from a folder of images.</source>
      <translation>Choisissez la série temporelle d'images, ou construisez-en une d'un dossier d'images.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is a web layer; the engine needs a file.</source>
      <translation>« {} » est une couche web ; le moteur a besoin d'un fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is not a dated stack: its bands carry no dates.</source>
      <translation>« {} » n'est pas une pile datée : ses bandes ne portent pas de dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has no coordinate system. Set it in the layer's properties.</source>
      <translation>« {} » n'a pas de système de coordonnées. Définissez-le dans les propriétés de la couche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the layer with your labeled samples.</source>
      <translation>Choisissez la couche de vos échantillons étiquetés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has no features.</source>
      <translation>« {} » n'a pas d'entités.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' has neither points nor polygons, and no series fields.</source>
      <translation>« {} » n'a ni points ni polygones, et pas de champs de série.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>No sample of '{}' lies on the stack. Check the coordinate systems.</source>
      <translation>Aucun échantillon de « {} » n'est sur la pile. Vérifiez les systèmes de coordonnées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the field that holds the class of each sample.</source>
      <translation>Choisissez le champ qui porte la classe de chaque échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' holds fewer than two classes; a map needs at least two.</source>
      <translation>« {} » contient moins de deux classes ; une carte en demande au moins deux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' is the class field; choose another field for the other role.</source>
      <translation>« {} » est le champ de classe ; choisissez un autre champ pour l'autre rôle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the polygon layer that bounds the map.</source>
      <translation>Choisissez la couche de polygones qui borne la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Choose the folder for the results.</source>
      <translation>Choisissez le dossier des résultats.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>'{}' cannot be written to. Choose another folder.</source>
      <translation>On ne peut écrire dans « {} ». Choisissez un autre dossier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Without a domain field every sample counts as local.</source>
      <translation>Sans champ de domaine, chaque échantillon compte comme local.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{} samples are few for a network; a random forest may do better.</source>
      <translation>{} échantillons, c'est peu pour un réseau ; une forêt aléatoire peut faire mieux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{} samples have no class and are left out.</source>
      <translation>{} échantillons n'ont pas de classe et sont écartés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>{bands} and {count} more bands</source>
      <translation>{bands} et {count} autres bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Running</source>
      <translation>En cours</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Finished</source>
      <translation>Terminé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Failed</source>
      <translation>Échoué</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Canceled</source>
      <translation>Annulé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/session_texts.py" />
      <source>Interrupted</source>
      <translation>Interrompu</translation>
    </message>
  </context>
  <context>
    <name>SimulateRegionAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Simulate region</source>
      <translation>Simuler une région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Writes a synthetic farming region: images, fields, samples and the true map.</source>
      <translation>Écrit une région agricole synthétique : images, parcelles, échantillons et carte vraie.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Writes a synthetic farming region to try CropSample on: one image a month with 12 Sentinel-2 bands and clouds, fields with five crops, the true map, labeled samples of the region and of another one.

The same size and seed give the same region.</source>
      <translation>Écrit une région agricole synthétique pour essayer CropSample : une image par mois avec 12 bandes Sentinel-2 et des nuages, des parcelles de cinq cultures, la carte vraie, des échantillons étiquetés de la région et d'une autre.

Les mêmes taille et graine donnent la même région.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder that receives everything; made when it does not exist.</source>
      <translation>Dossier qui reçoit tout ; créé s'il n'existe pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Size [pixels]</source>
      <translation>Taille [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Side of the square region, in pixels of 10 metres.</source>
      <translation>Côté de la région carrée, en pixels de 10 mètres.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of clouds</source>
      <translation>Part des nuages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Mean share of the images that clouds hide.</source>
      <translation>Part moyenne des images que cachent les nuages.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of wrong labels</source>
      <translation>Part d'étiquettes fausses</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Share of the local samples that are given a wrong class on purpose.</source>
      <translation>Part des échantillons locaux auxquels une classe fausse est donnée exprès.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>The same seed gives the same region.</source>
      <translation>La même graine donne la même région.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Folder with one image per date</source>
      <translation>Dossier avec une image par date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>True map</source>
      <translation>Carte vraie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Fields</source>
      <translation>Parcelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Samples of the region</source>
      <translation>Échantillons de la région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Labeled series of another region</source>
      <translation>Séries étiquetées d'une autre région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>Samples to check a map with</source>
      <translation>Échantillons pour vérifier une carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>number of fields</source>
      <translation>nombre de parcelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/simulate_region.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
  </context>
  <context>
    <name>SpectralIndicesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Spectral indices</source>
      <translation>Indices spectraux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Computes vegetation and other indices of every date, by name or formula.</source>
      <translation>Calcule des indices de végétation et autres pour chaque date, par nom ou par formule.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Computes indices of every date: any of the Awesome Spectral Indices by name, such as NDVI, EVI2 or LSWI, or formulas over the bands, such as mine = (B08 - B04) / (B08 + B04).

Which band is red or near infrared is recognised for Sentinel-2, Landsat and MODIS and can be set. Radar indices, such as VHVVR, are computed in linear units; radar bands are converted between linear units and decibel on request, and the result says which it holds.</source>
      <translation>Calcule des indices à chaque date : tout indice des Awesome Spectral Indices par son nom, par exemple NDVI, EVI2 ou LSWI, ou des formules sur les bandes, par exemple mine = (B08 - B04) / (B08 + B04).

Quelle bande est le rouge ou le proche infrarouge est reconnu pour Sentinel-2, Landsat et MODIS et peut être indiqué. Les indices radar, par exemple VHVVR, sont calculés en unités linéaires ; les bandes radar sont converties entre unités linéaires et décibels sur demande, et le résultat dit lesquelles il contient.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Indices</source>
      <translation>Indices</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Names and formulas, separated by commas. Formulas take band names, + - * / **, comparisons, and functions such as sqrt, log10 and where.</source>
      <translation>Noms et formules, séparés par des virgules. Les formules prennent des noms de bandes, + - * / **, des comparaisons, et des fonctions comme sqrt, log10 et where.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Keep the bands</source>
      <translation>Garder les bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Write the bands of the input beside the indices.</source>
      <translation>Écrire les bandes de l'entrée à côté des indices.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Store values as</source>
      <translation>Stocker les valeurs en</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>float32: decimal numbers; int16: steps of 0.0001 from -3.2767 to 3.2767, half the size.</source>
      <translation>float32 : nombres décimaux ; int16 : pas de 0.0001 de -3.2767 à 3.2767, moitié moins volumineux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>A dated stack with one band per index and date.</source>
      <translation>Une pile datée avec une bande par indice et date.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>The rows of the series layer with one field per index and date.</source>
      <translation>Les lignes de la couche de séries avec un champ par indice et date.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>number of bands per date</source>
      <translation>nombre de bandes par date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>share of values that are missing</source>
      <translation>part des valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Unit of radar bands</source>
      <translation>Unité des bandes radar</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Unit of VV, VH, HH and HV in the input. auto: as the metadata say or the values look.</source>
      <translation>Unité de VV, VH, HH et HV dans l'entrée. auto : selon les métadonnées ou l'aspect des valeurs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Write radar bands in</source>
      <translation>Écrire les bandes radar en</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/spectral_indices.py" />
      <source>Converts the radar bands and writes them; as_is leaves them.</source>
      <translation>Convertit les bandes radar et les écrit ; as_is les laisse.</translation>
    </message>
  </context>
  <context>
    <name>StacTimeSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Imagery from a STAC catalogue</source>
      <translation>Images d'un catalogue STAC</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Finds and downloads the satellite images of an area and a season as one dated stack.</source>
      <translation>Trouve et télécharge les images satellite d'une zone et d'une saison en une pile datée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Finds the images that a STAC catalogue lists for an area and a season and makes one dated stack of them, ready for 'Composite time series' with its cloud mask. Granules of one day become one image, other UTM zones are warped to one grid, versions of a scene count once, and offsets that differ between images (Sentinel-2 before and after 2022) are made equal.

Only the area's part of each image is transferred. Started again after an interruption, a download continues where it was. QGIS's proxy settings are used.</source>
      <translation>Trouve les images qu'un catalogue STAC liste pour une zone et une saison et en fait une pile datée, prête pour « Composer une série temporelle » avec son masque de nuages. Les granules d'un jour deviennent une image, les autres fuseaux UTM sont reprojetés sur une même grille, les versions d'une scène comptent une fois, et les décalages qui diffèrent entre images (Sentinel-2 avant et après 2022) sont égalisés.

Seule la part de chaque image dans la zone est transférée. Relancé après une interruption, un téléchargement reprend où il en était. Les réglages de proxy de QGIS sont utilisés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>The dated stack, a .vrt file; downloaded images lie in a folder beside it.</source>
      <translation>La pile datée, un fichier .vrt ; les images téléchargées sont dans un dossier à côté.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Images found</source>
      <translation>Images trouvées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Footprint of every image that the catalogue lists: used, or left out and why.</source>
      <translation>Emprise de chaque image du catalogue : utilisée, ou écartée et pourquoi.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>number of dates</source>
      <translation>nombre de dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>number of images used</source>
      <translation>nombre d'images utilisées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>number of images left out</source>
      <translation>nombre d'images écartées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Catalogue</source>
      <translation>Catalogue</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Name of a known catalogue ({}), or the address (https://...) of any other STAC API.</source>
      <translation>Nom d'un catalogue connu ({}), ou adresse (https://...) de toute autre API STAC.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Collection</source>
      <translation>Collection</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Id of the collection, such as sentinel-2-l2a. A wrong one is answered with the nearest names.</source>
      <translation>Identifiant de la collection, par exemple sentinel-2-l2a. S'il est faux, la réponse donne les noms les plus proches.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Area</source>
      <translation>Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Polygons in any CRS that bound the stack. 'Create layer from extent' makes one of the map's view.</source>
      <translation>Polygones dans n'importe quel SCR qui bornent la pile. « Créer une couche à partir de l'étendue » en fait un de la vue de la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Start date</source>
      <translation>Date de début</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>First day of the season.</source>
      <translation>Premier jour de la saison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>End date</source>
      <translation>Date de fin</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Last day of the season.</source>
      <translation>Dernier jour de la saison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Bands</source>
      <translation>Bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Bands separated by commas: names such as B04, asset keys of the collection, common names such as red, or roles such as R and N. Bands of known collections are named alike whatever the catalogue.</source>
      <translation>Bandes séparées par des virgules : noms comme B04, clés d'assets de la collection, noms courants comme red, ou rôles comme R et N. Les bandes des collections connues portent les mêmes noms quel que soit le catalogue.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Cloud mask band</source>
      <translation>Bande de masque de nuages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Band that tells clouds, kept as a band of the stack, such as SCL or QA_PIXEL. Empty: the known one of the collection; none: no mask.</source>
      <translation>Bande qui indique les nuages, gardée comme bande de la pile, par exemple SCL ou QA_PIXEL. Vide : celle connue de la collection ; none : pas de masque.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Largest share of clouds [%]</source>
      <translation>Part maximale de nuages [%]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Images with more clouds, by what the catalogue says of the whole image, are left out.</source>
      <translation>Les images plus nuageuses, d'après ce que le catalogue dit de l'image entière, sont écartées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Download</source>
      <translation>Télécharger</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Download the area's part of the images; otherwise the stack refers to the catalogue's files, and every reading goes over the network.</source>
      <translation>Télécharger la part des images dans la zone ; sinon la pile renvoie aux fichiers du catalogue, et chaque lecture passe par le réseau.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Pixel size</source>
      <translation>Taille de pixel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>In units of the CRS. Empty: the finest of the bands.</source>
      <translation>En unités du SCR. Vide : la plus fine des bandes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>CRS</source>
      <translation>SCR</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Reference system of the stack. Empty: the one that most images have.</source>
      <translation>Système de référence de la pile. Vide : celui qu'ont le plus d'images.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Resampling</source>
      <translation>Rééchantillonnage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>How bands of other pixel sizes or UTM zones come to the stack's pixels; masks take the nearest.</source>
      <translation>Comment les bandes d'autres tailles de pixel ou fuseaux UTM sont ramenées aux pixels de la pile ; les masques prennent le plus proche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Images of one day</source>
      <translation>Images d'un même jour</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Which image of a day lies on top where several overlap: least cloudy, first or last.</source>
      <translation>Quelle image d'un jour est au-dessus quand plusieurs se recouvrent : la moins nuageuse, la première ou la dernière.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Day</source>
      <translation>Jour</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>What a day is: by the sun at the area, so that no overpass is cut in two, or by UTC.</source>
      <translation>Ce qu'est un jour : selon le soleil sur la zone, pour qu'aucun passage ne soit coupé en deux, ou selon UTC.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Authentication</source>
      <translation>Authentification</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>A QGIS authentication for catalogues that need a key: basic, API header, or for S3 buckets basic with access key and secret key. Its contents are written to no file.</source>
      <translation>Une authentification QGIS pour les catalogues qui demandent une clé : basique, en-tête d'API, ou pour des compartiments S3 basique avec clé d'accès et clé secrète. Son contenu n'est écrit dans aucun fichier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Request headers</source>
      <translation>En-têtes de requête</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>One 'Name: value' a line, sent to the catalogue's host alone. Write keys as ${NAME}, a variable of the environment: QGIS's history keeps what stands here.</source>
      <translation>Un « Nom: valeur » par ligne, envoyé au seul hôte du catalogue. Écrivez les clés comme ${NAME}, une variable de l'environnement : l'historique de QGIS garde ce qui est écrit ici.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Retries</source>
      <translation>Nouvelles tentatives</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>How often a request that failed for a passing reason is repeated, as far apart as the server asks.</source>
      <translation>Combien de fois une requête qui a échoué pour une raison passagère est répétée, aux intervalles que demande le serveur.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Time-out [s]</source>
      <translation>Délai d'attente [s]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Longest silence of a server.</source>
      <translation>Plus long silence d'un serveur.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Largest download [GB]</source>
      <translation>Téléchargement maximal [Go]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>A download that may become larger than this, or than the free disk, is refused before it starts.</source>
      <translation>Un téléchargement qui peut dépasser cette taille, ou le disque libre, est refusé avant de commencer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Continue an interrupted download</source>
      <translation>Continuer un téléchargement interrompu</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>Keep what an earlier download to the same stack has finished.</source>
      <translation>Garder ce qu'un téléchargement antérieur vers la même pile a terminé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>The end date lies before the start date.</source>
      <translation>La date de fin est avant la date de début.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>used</source>
      <translation>utilisée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stac_time_series.py" />
      <source>left out</source>
      <translation>écartée</translation>
    </message>
  </context>
  <context>
    <name>StackOrSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>A raster made by 'Build time series'. Give this or a series layer.</source>
      <translation>Un raster fait par « Construire une série temporelle ». Donnez celui-ci ou une couche de séries.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Series layer</source>
      <translation>Couche de séries</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>A layer with one field per date and band, as 'Extract time series' writes it. Give this or a stack.</source>
      <translation>Une couche avec un champ par date et bande, comme « Extraire des séries temporelles » l'écrit. Donnez celle-ci ou une pile.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Cloud mask</source>
      <translation>Masque de nuages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>A dated stack on the same grid with every date of the input. Empty: the mask band is in the input.</source>
      <translation>Une pile datée sur la même grille avec chaque date de l'entrée. Vide : la bande de masque est dans l'entrée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Mask band</source>
      <translation>Bande de masque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Name of the band that says where clouds are, such as SCL. Empty: the only one, or no mask.</source>
      <translation>Nom de la bande qui dit où sont les nuages, par exemple SCL. Vide : la seule, ou pas de masque.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Kind of mask</source>
      <translation>Type de masque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>What the mask's values mean. auto: told by the band's name; scl: Sentinel-2 scene classification; qa60: Sentinel-2 cloud bits; s2cloudless: cloud probability in percent; qa_pixel: Landsat Collection 2; rule: your own.</source>
      <translation>Ce que signifient les valeurs du masque. auto : d'après le nom de la bande ; scl : classification de scène Sentinel-2 ; qa60 : bits de nuages Sentinel-2 ; s2cloudless : probabilité de nuages en pourcent ; qa_pixel : Landsat Collection 2 ; rule : la vôtre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Mask rule</source>
      <translation>Règle du masque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>When an observation is clear, such as: value &lt; 20, or (value == 4) | (value == 5).</source>
      <translation>Quand une observation est claire, par exemple : value &lt; 20, ou (value == 4) | (value == 5).</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Largest cloud probability [percent]</source>
      <translation>Probabilité maximale de nuages [pourcent]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Observations with a larger probability are cloudy. 100: always take the least cloudy observation.</source>
      <translation>Les observations de probabilité plus grande sont nuageuses. 100 : toujours prendre l'observation la moins nuageuse.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Sensor</source>
      <translation>Capteur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Says which band is red, near infrared and so on. auto: told by the names of the bands.</source>
      <translation>Dit quelle bande est le rouge, le proche infrarouge, etc. auto : d'après les noms des bandes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Band roles</source>
      <translation>Rôles des bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>For bands whose names do not tell: role=band, separated by commas, such as N=nir_mean, R=red.</source>
      <translation>Pour les bandes dont les noms ne disent rien : rôle=bande, séparés par des virgules, par exemple N=nir_mean, R=red.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Continue an interrupted run</source>
      <translation>Continuer une exécution interrompue</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Keep the blocks that an interrupted run with the same input and parameters has finished.</source>
      <translation>Garder les blocs qu'une exécution interrompue, de mêmes entrée et paramètres, a terminés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Dask scheduler</source>
      <translation>Ordonnanceur Dask</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>For a stack: a Dask cluster that shares the work, as tcp://host:8786 or a scheduler file; local:2 for two processes of this machine. Empty: this machine alone.</source>
      <translation>Pour une pile : une grappe Dask qui partage le travail, comme tcp://host:8786 ou un fichier d'ordonnanceur ; local:2 pour deux processus de cette machine. Vide : cette machine seule.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Give either a dated stack or a series layer: leave one of the two empty.</source>
      <translation>Donnez une pile datée ou une couche de séries : laissez l'une des deux vide.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/stack_or_series.py" />
      <source>Say where to write the result: '{}' is empty.</source>
      <translation>Dites où écrire le résultat : « {} » est vide.</translation>
    </message>
  </context>
  <context>
    <name>TimeSeriesDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>Time series</source>
      <translation>Séries temporelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>in one plot</source>
      <translation>dans un seul graphique</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>side by side</source>
      <translation>côte à côte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>At most {} points can be told apart. Clear them or click without Ctrl.</source>
      <translation>On ne peut distinguer plus de {} points. Effacez-les ou cliquez sans Ctrl.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>Point {}</source>
      <translation>Point {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>Choose the samples layer under Classes and seasons first.</source>
      <translation>Choisissez d'abord la couche d'échantillons sous Classes et saisons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>No feature of '{}' is selected: select some on the map first.</source>
      <translation>Aucune entité de « {} » n'est sélectionnée : sélectionnez-en d'abord sur la carte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>Only the first {} of {} selected samples are shown.</source>
      <translation>Seuls les {} premiers des {} échantillons sélectionnés sont affichés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>Reading…</source>
      <translation>Lecture…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>none: only nodata</source>
      <translation>aucun : nodata seulement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_dock.py" />
      <source>{} dates, {} to {}; bands: {}</source>
      <translation>{} dates, du {} au {} ; bandes : {}</translation>
    </message>
  </context>
  <context>
    <name>TimeSeriesForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Pick points</source>
      <translation>Choisir des points</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Click on the map to see the pixel's series; hold Ctrl to add points</source>
      <translation>Cliquer sur la carte pour voir la série du pixel ; tenir Ctrl pour ajouter des points</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Selected samples</source>
      <translation>Échantillons sélectionnés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Show the series at the selected features of the samples layer</source>
      <translation>Afficher la série aux entités sélectionnées de la couche d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Clear</source>
      <translation>Effacer</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Forget all points</source>
      <translation>Oublier tous les points</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Show dates as layers…</source>
      <translation>Afficher les dates comme couches…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>One layer per date, to be animated by the temporal controller</source>
      <translation>Une couche par date, à animer par le contrôleur temporel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Save picture…</source>
      <translation>Enregistrer l'image…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Save table…</source>
      <translation>Enregistrer la table…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>&amp;Stack</source>
      <translation>&amp;Pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>S&amp;how</source>
      <translation>A&amp;fficher</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>&amp;Formula</source>
      <translation>F&amp;ormule</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>&amp;Processed</source>
      <translation>Pile &amp;traitée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>&amp;Points</source>
      <translation>Po&amp;ints</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Classes and seasons</source>
      <translation>Classes et saisons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Sa&amp;mples</source>
      <translation>Échantillo&amp;ns</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>&amp;Class field</source>
      <translation>Champ de c&amp;lasse</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>C&amp;lasses behind</source>
      <translation>Classes en fon&amp;d</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Seaso&amp;ns</source>
      <translation>&amp;Saisons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Clouds</source>
      <translation>Nuages</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Mas&amp;k</source>
      <translation>&amp;Masque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Mask &amp;band</source>
      <translation>&amp;Bande du masque</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_form.py" />
      <source>Clear &amp;where</source>
      <translation>Cl&amp;air si</translation>
    </message>
  </context>
  <context>
    <name>TimeSeriesPanel</name>
    <message>
      <location filename="../cropsample_plugin/gui/class_profiles.py" />
      <source>'{}' has no series fields such as B04_20210615: run Extract time series on it.</source>
      <translation>« {} » n'a pas de champs de série comme B04_20210615 : lancez d'abord « Extraire des séries temporelles ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/class_profiles.py" />
      <source>The series of '{}' are steps of each sample's own season, which have no dates.</source>
      <translation>Les séries de « {} » sont des pas de la saison propre à chaque échantillon, qui n'ont pas de dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/class_profiles.py" />
      <source>'{}' has the bands {}, none of those shown.</source>
      <translation>« {} » a les bandes {}, aucune de celles affichées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/plot_files.py" />
      <source>Save the plot as a picture</source>
      <translation>Enregistrer le graphique comme image</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/plot_files.py" />
      <source>Save the series as a table</source>
      <translation>Enregistrer les séries comme table</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/plot_files.py" />
      <source>{} cannot be written: {}</source>
      <translation>{} ne peut être écrit : {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/sample_points.py" />
      <source>{}, season {}</source>
      <translation>{}, saison {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/sample_points.py" />
      <source>{} (sample {})</source>
      <translation>{} (échantillon {})</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/sample_points.py" />
      <source>sample {}</source>
      <translation>échantillon {}</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>The layer '{}' has been removed from the project. Choose another dated stack.</source>
      <translation>La couche « {} » a été retirée du projet. Choisissez une autre pile datée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>Choose a dated stack. Build time series makes one out of your rasters.</source>
      <translation>Choisissez une pile datée. « Construire une série temporelle » en fait une de vos rasters.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>'{}' has no dates: no band is named like '2021-06-15 B04'. Run Build time series on your rasters first.</source>
      <translation>« {} » n'a pas de dates : aucune bande n'a un nom comme « 2021-06-15 B04 ». Lancez d'abord « Construire une série temporelle » sur vos rasters.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>Choose a band or an index to show.</source>
      <translation>Choisissez une bande ou un indice à afficher.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>Press Pick points and click on the map; hold Ctrl to add points beside the first.</source>
      <translation>Cliquez sur « Choisir des points », puis sur la carte ; tenez Ctrl pour ajouter des points au premier.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>{}, processed</source>
      <translation>{}, traité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>{} lies outside the stack '{}'.</source>
      <translation>{} est hors de la pile « {} ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>{} has no data on any date: it is nodata throughout.</source>
      <translation>{} n'a de données à aucune date : nodata partout.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>{} lies outside '{}'.</source>
      <translation>{} est hors de « {} ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>{} needs reflectance of 0 to 1, these values are larger: give Build time series the scale.</source>
      <translation>{} demande une réflectance de 0 à 1, ces valeurs sont plus grandes : donnez l'échelle à « Construire une série temporelle ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>'{}' has none of the bands shown.</source>
      <translation>« {} » n'a aucune des bandes affichées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>'{}' has no dates.</source>
      <translation>« {} » n'a pas de dates.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>'{}' holds no seasons: choose a result of Detect seasons.</source>
      <translation>« {} » ne contient pas de saisons : choisissez un résultat de « Détecter les saisons ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/time_series_charts.py" />
      <source>The cloud mask lacks {} of {} dates ({} …), which count as cloudy.</source>
      <translation>Le masque de nuages n'a pas {} des {} dates ({} …), qui comptent comme nuageuses.</translation>
    </message>
  </context>
  <context>
    <name>TrainAndMapDock</name>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Train and map</source>
      <translation>Entraîner et cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Set up…</source>
      <translation>Installer…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_dock.py" />
      <source>Build…</source>
      <translation>Construire…</translation>
    </message>
  </context>
  <context>
    <name>TrainAndMapForm</name>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Image time series</source>
      <translation>Série temporelle d'images</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Build a dated stack from a folder of images…</source>
      <translation>Construire une pile datée d'un dossier d'images…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Build a dated stack</source>
      <translation>Construire une pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Stack</source>
      <translation>&amp;Pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Samples</source>
      <translation>Échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Sample layer</source>
      <translation>Couche d'échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Layer</source>
      <translation>&amp;Couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Class field</source>
      <translation>Champ de c&amp;lasse</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Use the layer's own series fields</source>
      <translation>&amp;Utiliser les champs de série de la couche</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Train on the series in the sample layer instead of reading the stack</source>
      <translation>Entraîner sur les séries de la couche au lieu de lire la pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>More about the samples</source>
      <translation>Plus sur les échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Parcel field</source>
      <translation>Champ de parcelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Samples of one parcel stay together when the model is validated</source>
      <translation>Les échantillons d'une parcelle restent ensemble à la validation du modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Parcel field</source>
      <translation>Champ de &amp;parcelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Weight field</source>
      <translation>Champ de poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>How much each sample counts in training</source>
      <translation>Combien chaque échantillon compte à l'entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Weight field</source>
      <translation>Champ de p&amp;oids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Model</source>
      <translation>&amp;Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Domain field</source>
      <translation>Champ de &amp;domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Domain field</source>
      <translation>Champ de domaine</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Says which samples are local and which come from elsewhere</source>
      <translation>Dit quels échantillons sont locaux et lesquels viennent d'ailleurs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Validation</source>
      <translation>Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Validation</source>
      <translation>&amp;Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Map</source>
      <translation>Carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Area to map</source>
      <translation>Zone à cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Area</source>
      <translation>&amp;Zone</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Polygon layer that bounds the map</source>
      <translation>Couche de polygones qui borne la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>U&amp;ncertainty</source>
      <translation>&amp;Incertitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Pro&amp;babilities</source>
      <translation>Pro&amp;babilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Also make</source>
      <translation>Faire aussi</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Name of the run</source>
      <translation>Nom du travail</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Nam&amp;e</source>
      <translation>&amp;Nom</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Output folder</source>
      <translation>Dossier de sortie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Folder</source>
      <translation>&amp;Dossier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Train and map</source>
      <translation>&amp;Entraîner et cartographier</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>&amp;Jobs</source>
      <translation>&amp;Travaux</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/train_and_map_form.py" />
      <source>Show running and past jobs</source>
      <translation>Montrer les travaux en cours et passés</translation>
    </message>
  </context>
  <context>
    <name>TrainClassifierAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: number of trees</source>
      <translation>Forêt : nombre d'arbres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: features tried at a split</source>
      <translation>Forêt : variables essayées à une division</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: largest depth of a tree</source>
      <translation>Forêt : profondeur maximale d'un arbre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest, boosting: fewest samples in a leaf</source>
      <translation>Forêt, boosting : nombre minimal d'échantillons dans une feuille</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: penalty C</source>
      <translation>SVM : pénalité C</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: gamma of the kernel</source>
      <translation>SVM : gamma du noyau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: folds for calibrating probabilities</source>
      <translation>SVM : blocs pour calibrer les probabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: length of the hidden vector</source>
      <translation>Réseaux : longueur du vecteur caché</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: dropout</source>
      <translation>Réseaux : dropout</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM with one or two heads: layers of a head</source>
      <translation>LSTM à une ou deux têtes : couches d'une tête</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Two-headed LSTM: alpha</source>
      <translation>LSTM à deux têtes : alpha</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks, boosting: learning rate</source>
      <translation>Réseaux, boosting : taux d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: samples per step</source>
      <translation>Réseaux : échantillons par pas</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: largest number of epochs</source>
      <translation>Réseaux : nombre maximal d'époques</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: epochs without improvement before stopping</source>
      <translation>Réseaux : époques sans amélioration avant l'arrêt</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: share of the samples that decide when to stop</source>
      <translation>Réseaux : part des échantillons qui décident de l'arrêt</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: weight decay</source>
      <translation>Réseaux : décroissance des poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: schedule of the learning rate</source>
      <translation>Réseaux : évolution du taux d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: training series moved by up to so many dates</source>
      <translation>Réseaux : séries d'entraînement déplacées d'au plus autant de dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: share of training series with a simulated cloud</source>
      <translation>Réseaux : part des séries d'entraînement avec un nuage simulé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: noise added to training series</source>
      <translation>Réseaux : bruit ajouté aux séries d'entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Transformer, L-TAE: attention heads</source>
      <translation>Transformer, L-TAE : têtes d'attention</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Transformer: encoder layers</source>
      <translation>Transformer : couches d'encodeur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Transformer: length of the hidden layer between attentions</source>
      <translation>Transformer : longueur de la couche cachée entre attentions</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Transformer: positional encoding</source>
      <translation>Transformer : encodage positionnel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Convolutional networks: number of filters</source>
      <translation>Réseaux convolutifs : nombre de filtres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Convolutional networks: length of the filters</source>
      <translation>Réseaux convolutifs : longueur des filtres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>CNN-1D: layout of the bands</source>
      <translation>CNN-1D : disposition des bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>TempCNN, L-TAE: length of the dense layer</source>
      <translation>TempCNN, L-TAE : longueur de la couche dense</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Boosting: number of rounds</source>
      <translation>Boosting : nombre de tours</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Boosting: most leaves of a tree</source>
      <translation>Boosting : nombre maximal de feuilles d'un arbre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Boosting: penalty on the values of leaves</source>
      <translation>Boosting : pénalité sur les valeurs des feuilles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>More trees give steadier probabilities and take longer.</source>
      <translation>Plus d'arbres donnent des probabilités plus stables et prennent plus de temps.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'sqrt', 'log2' or a number of features; 0 means all.</source>
      <translation>« sqrt », « log2 » ou un nombre de variables ; 0 : toutes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>0: trees grow until their leaves are pure.</source>
      <translation>0 : les arbres croissent jusqu'à ce que leurs feuilles soient pures.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Larger values smooth. Empty: 1 in a forest, 20 in boosting.</source>
      <translation>De plus grandes valeurs lissent. Vide : 1 pour une forêt, 20 pour le boosting.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>The larger, the closer the machine follows the training samples.</source>
      <translation>Plus elle est grande, plus la machine suit de près les échantillons d'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'scale', 'auto' or a positive number; the larger, the more local.</source>
      <translation>« scale », « auto » ou un nombre positif ; plus il est grand, plus c'est local.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Probabilities are fitted on samples held out in this many folds.</source>
      <translation>Les probabilités sont ajustées sur des échantillons réservés dans autant de blocs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>How much the network can remember of a series. Empty: as published, 64 to 512.</source>
      <translation>Combien le réseau peut retenir d'une série. Vide : comme publié, de 64 à 512.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Share of the hidden vector dropped in training. Empty: as published for each network.</source>
      <translation>Part du vecteur caché désactivée à l'entraînement. Vide : comme publié pour chaque réseau.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Linear layers between memory and answer. Empty: 2 with two heads, 1 with one.</source>
      <translation>Couches linéaires entre mémoire et réponse. Vide : 2 avec deux têtes, 1 avec une.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Divides the weight that global samples have beside local ones.</source>
      <translation>Divise le poids des échantillons globaux par rapport aux locaux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Step of the Adam optimiser, or share of each boosted tree. Empty: as published.</source>
      <translation>Pas de l'optimiseur Adam, ou part de chaque arbre du boosting. Vide : comme publié.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Number of samples that each step of training looks at.</source>
      <translation>Nombre d'échantillons que regarde chaque pas de l'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Training stops here at the latest. Empty: 100 to 1000, depending on the network.</source>
      <translation>L'entraînement s'arrête ici au plus tard. Vide : de 100 à 1000, selon le réseau.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Training stops after so many epochs and returns to the best weights. Empty: 10 to 25.</source>
      <translation>L'entraînement s'arrête après autant d'époques et revient aux meilleurs poids. Vide : de 10 à 25.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Share of the training samples, kept out of training, on which the loss is watched.</source>
      <translation>Part des échantillons d'entraînement, tenue à l'écart, sur laquelle la perte est surveillée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Penalty on large weights. Empty: as published, 0.001 or none.</source>
      <translation>Pénalité sur les grands poids. Vide : comme publié, 0.001 ou aucune.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'constant', 'plateau' or 'one_cycle'. Empty: as published for each network.</source>
      <translation>« constant », « plateau » ou « one_cycle ». Vide : comme publié pour chaque réseau.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Makes a network less sure of single dates, for seasons that come early or late.</source>
      <translation>Rend un réseau moins sûr de dates isolées, pour des saisons précoces ou tardives.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>In this share a block of dates is hidden and filled, as clouds would have it.</source>
      <translation>Dans cette part, une suite de dates est cachée et comblée, comme le feraient des nuages.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>In standard deviations of each band.</source>
      <translation>En écarts types de chaque bande.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>The hidden vector is shared out among them evenly. Empty: 8 and 16.</source>
      <translation>Le vecteur caché est partagé également entre elles. Vide : 8 et 16.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>More layers learn more and need more samples.</source>
      <translation>Plus de couches apprennent plus et demandent plus d'échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>256 as published.</source>
      <translation>256 comme publié.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'standard', or 'published' as in the code of the study, for comparison.</source>
      <translation>« standard », ou « published » comme dans le code de l'étude, pour comparer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>How many patterns in time each layer looks for. Empty: 32 and 64.</source>
      <translation>Combien de motifs dans le temps chaque couche cherche. Vide : 32 et 64.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>In dates. Empty: 4 in CNN-1D, 5 in TempCNN.</source>
      <translation>En dates. Vide : 4 pour CNN-1D, 5 pour TempCNN.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'channels': one channel a band; 'interleaved': all values in one row, as published.</source>
      <translation>« channels » : un canal par bande ; « interleaved » : toutes les valeurs en une rangée, comme publié.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Layer between series and answer. Empty: 256 and 128.</source>
      <translation>Couche entre série et réponse. Vide : 256 et 128.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Each round grows one tree a class.</source>
      <translation>Chaque tour fait croître un arbre par classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Larger trees follow the training samples more closely.</source>
      <translation>De plus grands arbres suivent de plus près les échantillons d'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Larger values smooth.</source>
      <translation>De plus grandes valeurs lissent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Train classifier</source>
      <translation>Entraîner un classificateur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Trains a model on labeled series and says how good it is.</source>
      <translation>Entraîne un modèle sur des séries étiquetées et dit ce qu'il vaut.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Trains a random forest, boosted trees, a support vector machine or a neural network (recurrent, convolutional or attentive) on labeled series, checks it on samples that it has not seen, and writes a model package and a report.

Samples are a layer made by 'Extract time series', or any labeled points or polygons together with the stack. Give the group field when several samples come from one parcel: a parcel is then never split between training and validation. The scores of a model that is not validated are left empty.</source>
      <translation>Entraîne une forêt aléatoire, des arbres par boosting, une machine à vecteurs de support ou un réseau de neurones (récurrent, convolutif ou à attention) sur des séries étiquetées, le vérifie sur des échantillons qu'il n'a pas vus, et écrit un paquet de modèle et un rapport.

Les échantillons sont une couche faite par « Extraire des séries temporelles », ou tous points ou polygones étiquetés avec la pile. Donnez le champ de groupe quand plusieurs échantillons viennent d'une même parcelle : une parcelle n'est alors jamais partagée entre entraînement et validation. Les scores d'un modèle non validé sont laissés vides.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Quality facts</source>
      <translation>Faits de qualité</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>JSON files (*.json)</source>
      <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>File that 'Sample quality' wrote: dates out of season count less in the SVM and the networks (trees do not look at the size of their inputs), and the model package keeps the facts.</source>
      <translation>Fichier qu'a écrit « Qualité des échantillons » : les dates hors saison comptent moins dans la SVM et les réseaux (les arbres ne regardent pas la grandeur de leurs entrées), et le paquet de modèle garde les faits.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>random_forest: fast and robust; svm: support vector machine with radial basis functions; gradient_boosting: boosted trees; lstm: recurrent network; multi_head_lstm: the same with a head each for local and global samples; rnn to attention_bi_gru: the recurrent networks of the best-practices study; transformer; cnn_1d and temp_cnn: convolutions in time; ltae: lightweight attention.</source>
      <translation>random_forest : rapide et robuste ; svm : machine à vecteurs de support à fonctions de base radiales ; gradient_boosting : arbres par boosting ; lstm : réseau récurrent ; multi_head_lstm : le même avec une tête pour les échantillons locaux et une pour les globaux ; de rnn à attention_bi_gru : les réseaux récurrents de l'étude des bonnes pratiques ; transformer ; cnn_1d et temp_cnn : convolutions dans le temps ; ltae : attention légère.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Validation</source>
      <translation>Validation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>holdout: a share of the samples checks the model; k_fold: every sample checks once; none: no check.</source>
      <translation>holdout : une part des échantillons vérifie le modèle ; k_fold : chaque échantillon vérifie une fois ; none : pas de vérification.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Number of folds</source>
      <translation>Nombre de blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Folds of the k-fold validation.</source>
      <translation>Blocs de la validation k_fold.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Share held out</source>
      <translation>Part réservée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Share of the samples that holdout validation keeps out of training.</source>
      <translation>Part des échantillons que la validation holdout tient à l'écart de l'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Calibration</source>
      <translation>Calibration</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>temperature: probabilities are brought to mean what they say on the validation samples; the classes stay. none: as the model gives them.</source>
      <translation>temperature : les probabilités sont amenées à vouloir dire ce qu'elles disent sur les échantillons de validation ; les classes restent. none : telles que le modèle les donne.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Hyperparameters found</source>
      <translation>Hyperparamètres trouvés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>File that 'Search hyperparameters' wrote for this model; its values win over those below.</source>
      <translation>Fichier que « Rechercher des hyperparamètres » a écrit pour ce modèle ; ses valeurs l'emportent sur celles ci-dessous.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>The same seed gives the same model.</source>
      <translation>La même graine donne le même modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Licence of the model</source>
      <translation>Licence du modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Written into the model package for whoever gets it, such as CC-BY-4.0.</source>
      <translation>Écrite dans le paquet de modèle pour qui le reçoit, par exemple CC-BY-4.0.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model package</source>
      <translation>Paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>The trained model with all it takes to use it: bands, dates, scaling, classes, scores.</source>
      <translation>Le modèle entraîné avec tout ce qu'il faut pour s'en servir : bandes, dates, mise à l'échelle, classes, scores.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>What went in, the learning curve, the error matrix and the scores, as a page to read.</source>
      <translation>Ce qui est entré, la courbe d'apprentissage, la matrice de confusion et les scores, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Table of the samples that were left out, each with the reason.</source>
      <translation>Table des échantillons écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>share of validation samples classified right</source>
      <translation>part des échantillons de validation bien classés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>mean F1 score of the classes</source>
      <translation>score F1 moyen des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>Cohen's kappa</source>
      <translation>kappa de Cohen</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>area under the ROC curve, for two classes</source>
      <translation>aire sous la courbe ROC, pour deux classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>number of samples used</source>
      <translation>nombre d'échantillons utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_classifier.py" />
      <source>number of samples left out</source>
      <translation>nombre d'échantillons écartés</translation>
    </message>
  </context>
  <context>
    <name>TrainWeaklySupervisedAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: number of trees</source>
      <translation>Forêt : nombre d'arbres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: features tried at a split</source>
      <translation>Forêt : variables essayées à une division</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest: largest depth of a tree</source>
      <translation>Forêt : profondeur maximale d'un arbre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Forest, boosting: fewest samples in a leaf</source>
      <translation>Forêt, boosting : nombre minimal d'échantillons dans une feuille</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: penalty C</source>
      <translation>SVM : pénalité C</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: gamma of the kernel</source>
      <translation>SVM : gamma du noyau</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>SVM: folds for calibrating probabilities</source>
      <translation>SVM : blocs pour calibrer les probabilités</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: length of the hidden vector</source>
      <translation>Réseaux : longueur du vecteur caché</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: dropout</source>
      <translation>Réseaux : dropout</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>LSTM with one or two heads: layers of a head</source>
      <translation>LSTM à une ou deux têtes : couches d'une tête</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Two-headed LSTM: alpha</source>
      <translation>LSTM à deux têtes : alpha</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks, boosting: learning rate</source>
      <translation>Réseaux, boosting : taux d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: samples per step</source>
      <translation>Réseaux : échantillons par pas</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: largest number of epochs</source>
      <translation>Réseaux : nombre maximal d'époques</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: epochs without improvement before stopping</source>
      <translation>Réseaux : époques sans amélioration avant l'arrêt</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: share of the samples that decide when to stop</source>
      <translation>Réseaux : part des échantillons qui décident de l'arrêt</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: weight decay</source>
      <translation>Réseaux : décroissance des poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: schedule of the learning rate</source>
      <translation>Réseaux : évolution du taux d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: training series moved by up to so many dates</source>
      <translation>Réseaux : séries d'entraînement déplacées d'au plus autant de dates</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: share of training series with a simulated cloud</source>
      <translation>Réseaux : part des séries d'entraînement avec un nuage simulé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Networks: noise added to training series</source>
      <translation>Réseaux : bruit ajouté aux séries d'entraînement</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Transformer, L-TAE: attention heads</source>
      <translation>Transformer, L-TAE : têtes d'attention</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Transformer: encoder layers</source>
      <translation>Transformer : couches d'encodeur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Transformer: length of the hidden layer between attentions</source>
      <translation>Transformer : longueur de la couche cachée entre attentions</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Transformer: positional encoding</source>
      <translation>Transformer : encodage positionnel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Convolutional networks: number of filters</source>
      <translation>Réseaux convolutifs : nombre de filtres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Convolutional networks: length of the filters</source>
      <translation>Réseaux convolutifs : longueur des filtres</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>CNN-1D: layout of the bands</source>
      <translation>CNN-1D : disposition des bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>TempCNN, L-TAE: length of the dense layer</source>
      <translation>TempCNN, L-TAE : longueur de la couche dense</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Boosting: number of rounds</source>
      <translation>Boosting : nombre de tours</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Boosting: most leaves of a tree</source>
      <translation>Boosting : nombre maximal de feuilles d'un arbre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Boosting: penalty on the values of leaves</source>
      <translation>Boosting : pénalité sur les valeurs des feuilles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>More trees give steadier probabilities and take longer.</source>
      <translation>Plus d'arbres donnent des probabilités plus stables et prennent plus de temps.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'sqrt', 'log2' or a number of features; 0 means all.</source>
      <translation>« sqrt », « log2 » ou un nombre de variables ; 0 : toutes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>0: trees grow until their leaves are pure.</source>
      <translation>0 : les arbres croissent jusqu'à ce que leurs feuilles soient pures.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Larger values smooth. Empty: 1 in a forest, 20 in boosting.</source>
      <translation>De plus grandes valeurs lissent. Vide : 1 pour une forêt, 20 pour le boosting.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>The larger, the closer the machine follows the training samples.</source>
      <translation>Plus elle est grande, plus la machine suit de près les échantillons d'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'scale', 'auto' or a positive number; the larger, the more local.</source>
      <translation>« scale », « auto » ou un nombre positif ; plus il est grand, plus c'est local.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Probabilities are fitted on samples held out in this many folds.</source>
      <translation>Les probabilités sont ajustées sur des échantillons réservés dans autant de blocs.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>How much the network can remember of a series. Empty: as published, 64 to 512.</source>
      <translation>Combien le réseau peut retenir d'une série. Vide : comme publié, de 64 à 512.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Share of the hidden vector dropped in training. Empty: as published for each network.</source>
      <translation>Part du vecteur caché désactivée à l'entraînement. Vide : comme publié pour chaque réseau.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Linear layers between memory and answer. Empty: 2 with two heads, 1 with one.</source>
      <translation>Couches linéaires entre mémoire et réponse. Vide : 2 avec deux têtes, 1 avec une.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Divides the weight that global samples have beside local ones.</source>
      <translation>Divise le poids des échantillons globaux par rapport aux locaux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Step of the Adam optimiser, or share of each boosted tree. Empty: as published.</source>
      <translation>Pas de l'optimiseur Adam, ou part de chaque arbre du boosting. Vide : comme publié.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Number of samples that each step of training looks at.</source>
      <translation>Nombre d'échantillons que regarde chaque pas de l'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Training stops here at the latest. Empty: 100 to 1000, depending on the network.</source>
      <translation>L'entraînement s'arrête ici au plus tard. Vide : de 100 à 1000, selon le réseau.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Training stops after so many epochs and returns to the best weights. Empty: 10 to 25.</source>
      <translation>L'entraînement s'arrête après autant d'époques et revient aux meilleurs poids. Vide : de 10 à 25.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Share of the training samples, kept out of training, on which the loss is watched.</source>
      <translation>Part des échantillons d'entraînement, tenue à l'écart, sur laquelle la perte est surveillée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Penalty on large weights. Empty: as published, 0.001 or none.</source>
      <translation>Pénalité sur les grands poids. Vide : comme publié, 0.001 ou aucune.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'constant', 'plateau' or 'one_cycle'. Empty: as published for each network.</source>
      <translation>« constant », « plateau » ou « one_cycle ». Vide : comme publié pour chaque réseau.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Makes a network less sure of single dates, for seasons that come early or late.</source>
      <translation>Rend un réseau moins sûr de dates isolées, pour des saisons précoces ou tardives.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>In this share a block of dates is hidden and filled, as clouds would have it.</source>
      <translation>Dans cette part, une suite de dates est cachée et comblée, comme le feraient des nuages.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>In standard deviations of each band.</source>
      <translation>En écarts types de chaque bande.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>The hidden vector is shared out among them evenly. Empty: 8 and 16.</source>
      <translation>Le vecteur caché est partagé également entre elles. Vide : 8 et 16.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>More layers learn more and need more samples.</source>
      <translation>Plus de couches apprennent plus et demandent plus d'échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>256 as published.</source>
      <translation>256 comme publié.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'standard', or 'published' as in the code of the study, for comparison.</source>
      <translation>« standard », ou « published » comme dans le code de l'étude, pour comparer.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>How many patterns in time each layer looks for. Empty: 32 and 64.</source>
      <translation>Combien de motifs dans le temps chaque couche cherche. Vide : 32 et 64.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>In dates. Empty: 4 in CNN-1D, 5 in TempCNN.</source>
      <translation>En dates. Vide : 4 pour CNN-1D, 5 pour TempCNN.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>'channels': one channel a band; 'interleaved': all values in one row, as published.</source>
      <translation>« channels » : un canal par bande ; « interleaved » : toutes les valeurs en une rangée, comme publié.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Layer between series and answer. Empty: 256 and 128.</source>
      <translation>Couche entre série et réponse. Vide : 256 et 128.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Each round grows one tree a class.</source>
      <translation>Chaque tour fait croître un arbre par classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Larger trees follow the training samples more closely.</source>
      <translation>De plus grands arbres suivent de plus près les échantillons d'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/hyperparameters.py" />
      <source>Larger values smooth.</source>
      <translation>De plus grandes valeurs lissent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Train weakly supervised</source>
      <translation>Entraîner en supervision faible</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Trains a network where land-cover products agree, without a label of your own.</source>
      <translation>Entraîne un réseau là où des produits d'occupation du sol s'accordent, sans étiquette de votre part.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Learns crop and non-crop from the pixels on which land-cover products agree, as 'Product consensus' finds them. On all other pixels, and on these too, neighbours that look alike over the season are held together: where the products dispute, the images decide.

The network sees single pixels, so 'Predict map' uses the model like any other. Products that err together teach their common error, and agreement with them is no accuracy: give reference samples to learn whether the network beats the majority vote of the products.</source>
      <translation>Apprend culture et non-culture des pixels où des produits d'occupation du sol s'accordent, comme « Consensus de produits » les trouve. Sur tous les autres pixels, et sur ceux-ci aussi, les voisins qui se ressemblent au long de la saison sont tenus ensemble : là où les produits se contredisent, les images décident.

Le réseau voit des pixels isolés, donc « Prédire une carte » utilise le modèle comme un autre. Des produits qui se trompent ensemble enseignent leur erreur commune, et l'accord avec eux n'est pas une exactitude : donnez des échantillons de référence pour savoir si le réseau bat le vote majoritaire des produits.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Dated stack</source>
      <translation>Pile datée</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Images of the season to map, of about the year of the products.</source>
      <translation>Images de la saison à cartographier, d'à peu près l'année des produits.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Consensus</source>
      <translation>Consensus</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Raster of class values, such as the consensus of 'Product consensus' or one product, on any grid; pixels of no class have no label.</source>
      <translation>Raster de valeurs de classes, par exemple le consensus de « Consensus de produits » ou un seul produit, sur n'importe quelle grille ; les pixels sans classe n'ont pas d'étiquette.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Agreement</source>
      <translation>Accord</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Votes of the products, as 'Product consensus' writes them: labels count by the share of the products behind them, and the report compares the network with their majority.</source>
      <translation>Votes des produits, comme « Consensus de produits » les écrit : les étiquettes comptent selon la part des produits qui les soutiennent, et le rapport compare le réseau à leur majorité.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>What the values of the consensus mean, with semicolons between them; other values are no label.</source>
      <translation>Ce que signifient les valeurs du consensus, séparé par des points-virgules ; les autres valeurs ne sont pas des étiquettes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Model</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>temp_cnn: convolutions in time; lstm and the others: the networks of 'Train classifier'.</source>
      <translation>temp_cnn : convolutions dans le temps ; lstm et les autres : les réseaux de « Entraîner un classificateur ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Lambda</source>
      <translation>Lambda</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Weight of the term that holds neighbours together. 0: learn from the labels alone.</source>
      <translation>Poids du terme qui tient les voisins ensemble. 0 : apprendre des seules étiquettes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Weight of visual similarity</source>
      <translation>Poids de la similarité visuelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>How much neighbours with similar series are held together. 0 switches it off.</source>
      <translation>Combien les voisins aux séries semblables sont tenus ensemble. 0 le désactive.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Weight of spatial aggregation</source>
      <translation>Poids de l'agrégation spatiale</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>How much neighbours are held together whatever their series. 0 switches it off.</source>
      <translation>Combien les voisins sont tenus ensemble quelles que soient leurs séries. 0 le désactive.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Epochs of the ramp</source>
      <translation>Époques de la rampe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Lambda grows from 0 to its value in so many epochs, so that the labels have their say first.</source>
      <translation>Lambda croît de 0 à sa valeur en autant d'époques, pour que les étiquettes parlent d'abord.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Radius [pixels]</source>
      <translation>Rayon [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>How far neighbours reach to each side. Smaller where fields are small.</source>
      <translation>Jusqu'où vont les voisins de chaque côté. Plus petit là où les parcelles sont petites.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Spatial sigma [pixels]</source>
      <translation>Sigma spatial [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>How fast the weight of a neighbour falls with its distance.</source>
      <translation>À quelle vitesse le poids d'un voisin décroît avec sa distance.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Visual sigma</source>
      <translation>Sigma visuel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>How fast the weight falls with the difference of two series, in the main components of the scaled series. 0: the median difference within one window.</source>
      <translation>À quelle vitesse le poids décroît avec la différence de deux séries, dans les composantes principales des séries mises à l'échelle. 0 : la différence médiane dans une fenêtre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Reference samples</source>
      <translation>Échantillons de référence</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Samples of known class, never learned from: network and majority vote are scored on them.</source>
      <translation>Échantillons de classe connue, dont rien n'est appris : le réseau et le vote majoritaire sont évalués sur eux.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Field with the class of each reference sample: the name or the value of one of the classes.</source>
      <translation>Champ de la classe de chaque échantillon de référence : le nom ou la valeur d'une des classes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Ablation</source>
      <translation>Ablation</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Also trains without each term, for the report. Takes up to four times as long.</source>
      <translation>Entraîne aussi sans chacun des termes, pour le rapport. Prend jusqu'à quatre fois plus de temps.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Patch size [pixels]</source>
      <translation>Taille des imagettes [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Side of the squares that are drawn from the stack to learn from.</source>
      <translation>Côté des carrés qui sont tirés de la pile pour apprendre.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Number of patches</source>
      <translation>Nombre d'imagettes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Patches to draw, those held out included; more of them take longer and see more of the region.</source>
      <translation>Imagettes à tirer, les réservées comprises ; plus il y en a, plus c'est long et plus la région est vue.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Share of patches held out</source>
      <translation>Part d'imagettes réservées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>These patches are never learned from; the report tells the agreement with their labels.</source>
      <translation>Rien n'est appris de ces imagettes ; le rapport dit l'accord avec leurs étiquettes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Class weights</source>
      <translation>Poids des classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>balanced: every class counts the same; none: every label counts the same.</source>
      <translation>balanced : chaque classe compte autant ; none : chaque étiquette compte autant.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Missing values</source>
      <translation>Valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>linear: gaps are interpolated in time; refuse: pixels with gaps are left out. Maps follow suit.</source>
      <translation>linear : les lacunes sont interpolées dans le temps ; refuse : les pixels à lacunes sont écartés. Les cartes font de même.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Largest share of missing values</source>
      <translation>Plus grande part de valeurs absentes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Pixels of whose values more are missing are left out; dates missing everywhere do not count.</source>
      <translation>Les pixels auxquels il manque plus de valeurs sont écartés ; les dates absentes partout ne comptent pas.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Patches per step</source>
      <translation>Imagettes par pas</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Number of patches that each step of training looks at.</source>
      <translation>Nombre d'imagettes que regarde chaque pas de l'entraînement.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Learning rate</source>
      <translation>Taux d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Step of the Adam optimiser.</source>
      <translation>Pas de l'optimiseur Adam.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Largest number of epochs</source>
      <translation>Nombre maximal d'époques</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Training stops here at the latest.</source>
      <translation>L'entraînement s'arrête ici au plus tard.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Epochs without improvement</source>
      <translation>Époques sans amélioration</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Training stops after so many epochs without improvement and returns to the best weights.</source>
      <translation>L'entraînement s'arrête après autant d'époques sans amélioration et revient aux meilleurs poids.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>The same seed gives the same model.</source>
      <translation>La même graine donne le même modèle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Licence of the model</source>
      <translation>Licence du modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Written into the model package for whoever gets it, such as CC-BY-4.0.</source>
      <translation>Écrite dans le paquet de modèle pour qui le reçoit, par exemple CC-BY-4.0.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Model package</source>
      <translation>Paquet de modèle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>The trained model with all it takes to use it in 'Predict map'.</source>
      <translation>Le modèle entraîné avec tout ce qu'il faut pour s'en servir dans « Prédire une carte ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>What went in, network against vote, what each term is worth, as a page to read.</source>
      <translation>Ce qui est entré, le réseau contre le vote, ce que vaut chaque terme, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>share of the labels held out that the network repeats; no accuracy</source>
      <translation>part des étiquettes réservées que le réseau répète ; pas une exactitude</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>mean F1 score of the classes against the labels held out</source>
      <translation>score F1 moyen des classes par rapport aux étiquettes réservées</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>mean F1 score of the classes on the reference samples</source>
      <translation>score F1 moyen des classes sur les échantillons de référence</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>the same of the majority vote of the products</source>
      <translation>le même pour le vote majoritaire des produits</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>number of patches learned from</source>
      <translation>nombre d'imagettes d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>number of labeled pixels learned from</source>
      <translation>nombre de pixels étiquetés d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>number of pixels learned from, with and without a label</source>
      <translation>nombre de pixels d'apprentissage, avec et sans étiquette</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Choose the class field of the reference samples.</source>
      <translation>Choisissez le champ de classe des échantillons de référence.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/train_weakly_supervised.py" />
      <source>Lambda is above 0, but similarity and aggregation both have the weight 0.</source>
      <translation>Lambda est supérieur à 0, mais la similarité et l'agrégation ont toutes deux le poids 0.</translation>
    </message>
  </context>
  <context>
    <name>TransferClassifierAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Transfer classifier</source>
      <translation>Transférer un classificateur</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Brings a model to another place or year, and says whether that beats using it as it is.</source>
      <translation>Amène un modèle à un autre lieu ou une autre année, et dit si cela vaut mieux que l'utiliser tel quel.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Adapts a trained model to samples of another place, year or hemisphere. Target samples without a class are the pool that strategies without labels learn from.

Where there are labels, the model as it is (naive), the transfer and a model from scratch are compared on parcels that none of them has seen, and the report says in words which to use: the transfer only if it beats the model as it is. With a starting point it also shows what labels near the start of a survey are worth against as many spread out. The package maps with 'Predict map'.</source>
      <translation>Adapte un modèle entraîné à des échantillons d'un autre lieu, d'une autre année ou d'un autre hémisphère. Les échantillons cibles sans classe sont la réserve dont apprennent les stratégies sans étiquettes.

Là où il y a des étiquettes, le modèle tel quel (naïf), le transfert et un modèle entraîné de zéro sont comparés sur des parcelles qu'aucun d'eux n'a vues, et le rapport dit en mots lequel utiliser : le transfert seulement s'il bat le modèle tel quel. Avec un point de départ, il montre aussi ce que valent des étiquettes proches du départ d'une campagne face à autant d'étiquettes dispersées. Le paquet cartographie avec « Prédire une carte ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Source model</source>
      <translation>Modèle source</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Model packages (*.zip)</source>
      <translation>Paquets de modèle (*.zip)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>A file written by 'Train classifier', for the place and year that has labels.</source>
      <translation>Un fichier écrit par « Entraîner un classificateur », pour le lieu et l'année qui ont des étiquettes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>The same seed gives the same package.</source>
      <translation>La même graine donne le même paquet.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Class field</source>
      <translation>Champ de classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Class of each target sample; samples without one are the pool. Empty: none has a label.</source>
      <translation>Classe de chaque échantillon cible ; les échantillons sans classe sont la réserve. Vide : aucun n'a d'étiquette.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Group field</source>
      <translation>Champ de groupe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Field with the parcel of each sample; a parcel never adapts and tests at once.</source>
      <translation>Champ de la parcelle de chaque échantillon ; une parcelle ne sert jamais à la fois à adapter et à tester.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Weight field</source>
      <translation>Champ de poids</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Field with how much each sample counts, 0 or more. Empty: all count the same.</source>
      <translation>Champ du poids de chaque échantillon, 0 ou plus. Vide : tous comptent autant.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Strategy</source>
      <translation>Stratégie</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>direct: the model as it is; zero_label: source samples brought to the scale, dates and class shares of the target, without its labels; joint: these and the target's labels; fine_tune: the network trained on with the target's labels; dann: trained on so that it cannot tell source and target apart, without labels of the target; fill_in: random forests, the target's labels with source samples in place of the labels that a class lacks.</source>
      <translation>direct : le modèle tel quel ; zero_label : échantillons source ramenés à l'échelle, aux dates et aux parts des classes de la cible, sans ses étiquettes ; joint : ceux-ci et les étiquettes de la cible ; fine_tune : le réseau entraîné plus loin avec les étiquettes de la cible ; dann : entraîné de sorte qu'il ne distingue pas source et cible, sans étiquettes de la cible ; fill_in : forêts aléatoires, les étiquettes de la cible avec des échantillons source à la place des étiquettes qui manquent à une classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Treatment of fine-tuning</source>
      <translation>Traitement du réglage fin</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>R1: all layers, samples as they are; R2: all layers, classes drawn alike often and weighted; R3: the last layer on a balanced subset; R4: the last layer, balanced, then weighted.</source>
      <translation>R1 : toutes les couches, échantillons tels quels ; R2 : toutes les couches, classes tirées aussi souvent et pondérées ; R3 : la dernière couche sur un sous-ensemble équilibré ; R4 : la dernière couche, équilibrée, puis pondérée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Scaling</source>
      <translation>Mise à l'échelle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>target: the target is read by its own mean and spread, as in a greener or drier year; source: by those of the source. Trees do not look at the size of their inputs.</source>
      <translation>target : la cible est lue selon ses propres moyenne et dispersion, comme dans une année plus verte ou plus sèche ; source : selon celles de la source. Les arbres ne regardent pas la grandeur de leurs entrées.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Learning rate</source>
      <translation>Taux d'apprentissage</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Of fine-tuning.</source>
      <translation>Du réglage fin.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Source samples</source>
      <translation>Échantillons source</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Labeled series that the model was trained on; zero_label, joint and dann learn from them.</source>
      <translation>Séries étiquetées sur lesquelles le modèle a été entraîné ; zero_label, joint et dann en apprennent.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Class field of the source</source>
      <translation>Champ de classe de la source</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Class of each source sample. Empty: the field of the same name as the target's.</source>
      <translation>Classe de chaque échantillon source. Vide : le champ de même nom que celui de la cible.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Season shift [days]</source>
      <translation>Décalage de saison [jours]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Days by which the season of the target is later in the year: 182 from the northern to the southern hemisphere. Whole years never count.</source>
      <translation>Jours dont la saison de la cible est plus tardive dans l'année : 182 de l'hémisphère nord à l'hémisphère sud. Les années entières ne comptent jamais.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Number of repeats</source>
      <translation>Nombre de répétitions</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>The comparison is repeated with other parcels that test.</source>
      <translation>La comparaison est répétée avec d'autres parcelles de test.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Share of parcels that test</source>
      <translation>Part des parcelles de test</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>The others adapt. The package learns from all of them in the end.</source>
      <translation>Les autres adaptent. À la fin, le paquet apprend de toutes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>What is packed</source>
      <translation>Ce qui est mis dans le paquet</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>recommended: the best of the model as it is, the transfer and a model from scratch; transfer: it, whatever the scores.</source>
      <translation>recommended : le meilleur entre le modèle tel quel, le transfert et un modèle entraîné de zéro ; transfer : le transfert, quels que soient les scores.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Starting point</source>
      <translation>Point de départ</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Where a survey starts from: click on the map, or write 'x,y [EPSG:4326]'. Labels within each radius are compared with as many spread out. Empty: not compared.</source>
      <translation>D'où part une campagne de terrain : cliquez sur la carte, ou écrivez « x,y [EPSG:4326] ». Les étiquettes de chaque rayon sont comparées à autant d'étiquettes dispersées. Vide : pas de comparaison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Radii [kilometres]</source>
      <translation>Rayons [kilomètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Around the starting point; all is tested beyond the largest.</source>
      <translation>Autour du point de départ ; tous les tests se font au-delà du plus grand.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Model package for the target</source>
      <translation>Paquet de modèle pour la cible</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>The model for the target, for 'Predict map'.</source>
      <translation>Le modèle pour la cible, pour « Prédire une carte ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>HTML files (*.html)</source>
      <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Naive, transfer and from scratch side by side, and which to use, as a page to read.</source>
      <translation>Naïf, transfert et de zéro côte à côte, et lequel utiliser, en une page à lire.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Scores</source>
      <translation>Scores</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Scores of each model and repeat, and of each radius.</source>
      <translation>Scores de chaque modèle et répétition, et de chaque rayon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Dropped samples</source>
      <translation>Échantillons écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>Table of the target samples that were left out, each with the reason.</source>
      <translation>Table des échantillons cibles écartés, chacun avec la raison.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>naive, transfer or scratch</source>
      <translation>naive, transfer ou scratch</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>which model to use, and why</source>
      <translation>quel modèle utiliser, et pourquoi</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>mean F1 score of the classes, source model as it is</source>
      <translation>score F1 moyen des classes, modèle source tel quel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>the same of the transfer</source>
      <translation>le même pour le transfert</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>the same of a model from scratch</source>
      <translation>le même pour un modèle entraîné de zéro</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>share of test samples classified right, source model as it is</source>
      <translation>part des échantillons de test bien classés, modèle source tel quel</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>number of labeled target samples used</source>
      <translation>nombre d'échantillons cibles étiquetés utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>number of unlabeled target samples used</source>
      <translation>nombre d'échantillons cibles non étiquetés utilisés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>number of target samples left out</source>
      <translation>nombre d'échantillons cibles écartés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/transfer_classifier.py" />
      <source>{}: '{}' needs it. Fill it in, or choose another strategy.</source>
      <translation>{} : « {} » le demande. Remplissez-le, ou choisissez une autre stratégie.</translation>
    </message>
  </context>
  <context>
    <name>TrialTable</name>
    <message>
      <location filename="../cropsample_plugin/gui/trial_table.py" />
      <source>Trials</source>
      <translation>Essais</translation>
    </message>
  </context>
  <context>
    <name>TrustedSamplesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Trusted samples</source>
      <translation>Échantillons de confiance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Draws samples from a crop layer where it is confident, homogeneous and in line with its past.</source>
      <translation>Tire des échantillons d'une couche de cultures là où elle est sûre, homogène et conforme à son passé.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Draws samples from a crop layer, such as the Cropland Data Layer, where it can be trusted: the layer is confident, the neighbourhood is of one class, the pixel lies inside its field, and the class was grown there before. A table says how many pixels of each class every rule left.

The crop layer is a map itself: trusted samples may train a model, they are no reference for accuracy.</source>
      <translation>Tire des échantillons d'une couche de cultures, par exemple la Cropland Data Layer, là où l'on peut s'y fier : la couche est sûre, le voisinage est d'une seule classe, le pixel est à l'intérieur de sa parcelle, et la classe y a été cultivée auparavant. Une table dit combien de pixels de chaque classe a laissés chaque règle.

La couche de cultures est elle-même une carte : les échantillons de confiance peuvent entraîner un modèle, ils ne sont pas une référence pour l'exactitude.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Points at pixel centres with the class of the crop layer.</source>
      <translation>Points aux centres des pixels avec la classe de la couche de cultures.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Counts after each rule</source>
      <translation>Comptes après chaque règle</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Table of the pixels of each class that every rule left.</source>
      <translation>Table des pixels de chaque classe qu'a laissés chaque règle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>number of samples drawn</source>
      <translation>nombre d'échantillons tirés</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>number of pixels that pass every rule</source>
      <translation>nombre de pixels qui passent toutes les règles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>number of classes with samples</source>
      <translation>nombre de classes avec des échantillons</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Crop layer</source>
      <translation>Couche de cultures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Raster of classes, such as the Cropland Data Layer of the year.</source>
      <translation>Raster de classes, par exemple la Cropland Data Layer de l'année.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Confidence</source>
      <translation>Confiance</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Raster of the crop layer's confidence. Empty: that rule is left out.</source>
      <translation>Raster de la confiance de la couche de cultures. Vide : cette règle est laissée de côté.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Earlier years</source>
      <translation>Années antérieures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Crop layers of earlier years, or layers of how often a class was grown. Empty: no such rule.</source>
      <translation>Couches de cultures d'années antérieures, ou couches disant combien de fois une classe a été cultivée. Vide : pas de telle règle.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Meaning of the earlier layers</source>
      <translation>Signification des couches antérieures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>For each earlier layer, with semicolons between them: classes, or for instance 1 &gt;= 2 for a layer of how many years class 1 was grown, at least two. Empty: all hold classes.</source>
      <translation>Pour chaque couche antérieure, séparé par des points-virgules : des classes, ou par exemple 1 &gt;= 2 pour une couche du nombre d'années où la classe 1 a été cultivée, au moins deux. Vide : toutes contiennent des classes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Classes</source>
      <translation>Classes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Values of the classes wanted, with commas between them. Empty: all.</source>
      <translation>Valeurs des classes voulues, séparées par des virgules. Vide : toutes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Smallest confidence</source>
      <translation>Confiance minimale</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Confidence a pixel needs, in the units of that layer.</source>
      <translation>Confiance qu'il faut à un pixel, dans les unités de cette couche.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Homogeneity window [pixels]</source>
      <translation>Fenêtre d'homogénéité [pixels]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Odd side of the square around a pixel that must be of its class.</source>
      <translation>Côté impair du carré autour d'un pixel qui doit être de sa classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Inner buffer [metres]</source>
      <translation>Tampon intérieur [mètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Distance that samples keep from pixels of other classes.</source>
      <translation>Distance que les échantillons gardent aux pixels d'autres classes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Years grown before</source>
      <translation>Années de culture antérieures</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Earlier layers of classes in which the pixel must have the same class.</source>
      <translation>Couches antérieures de classes dans lesquelles le pixel doit avoir la même classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Samples per class</source>
      <translation>Échantillons par classe</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Samples to draw at random of each class.</source>
      <translation>Échantillons à tirer au hasard dans chaque classe.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>Random seed</source>
      <translation>Graine aléatoire</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>The same seed draws the same samples.</source>
      <translation>La même graine tire les mêmes échantillons.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>'{}' is no class value. Write whole numbers with commas between them.</source>
      <translation>« {} » n'est pas une valeur de classe. Écrivez des nombres entiers séparés par des virgules.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/trusted_samples.py" />
      <source>The homogeneity window must be an odd number of pixels.</source>
      <translation>La fenêtre d'homogénéité doit être un nombre impair de pixels.</translation>
    </message>
  </context>
  <context>
    <name>ValidatedSeriesAlgorithm</name>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>What is held out</source>
      <translation>Ce qui est réservé</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>spatial_blocks: blocks of land; parcel_groups: whole parcels; leave_one_year_out and leave_one_region_out: each in turn; distance: all beyond a distance from the starting point; k_fold: random samples, which flatters.</source>
      <translation>spatial_blocks : des blocs de terrain ; parcel_groups : des parcelles entières ; leave_one_year_out et leave_one_region_out : chacune tour à tour ; distance : tout ce qui est au-delà d'une distance du point de départ ; k_fold : des échantillons aléatoires, ce qui flatte.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Number of folds</source>
      <translation>Nombre de blocs</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Folds of spatial blocks, parcel groups and random samples.</source>
      <translation>Pour les blocs spatiaux, les groupes de parcelles et les échantillons aléatoires.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Width of blocks [kilometres]</source>
      <translation>Largeur des blocs spatiaux [kilomètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>0: the distance up to which series are alike, from their variogram.</source>
      <translation>0 : la distance jusqu'à laquelle les séries se ressemblent, d'après leur variogramme.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Gap [kilometres]</source>
      <translation>Écart [kilomètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Training samples nearer than this to a test sample are left out.</source>
      <translation>Les échantillons d'entraînement plus proches que cela d'un échantillon de test sont écartés.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Year field</source>
      <translation>Champ d'année</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Field with the year or date of each sample, for leave_one_year_out.</source>
      <translation>Champ de l'année ou de la date de chaque échantillon, pour leave_one_year_out.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Region field</source>
      <translation>Champ de région</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Field with the region of each sample, for leave_one_region_out.</source>
      <translation>Champ de la région de chaque échantillon, pour leave_one_region_out.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Starting point</source>
      <translation>Point de départ</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Where a survey starts from, for 'distance': click on the map, or write 'x,y [EPSG:4326]'.</source>
      <translation>D'où part une campagne de terrain, pour « distance » : cliquez sur la carte, ou écrivez « x,y [EPSG:4326] ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>Distance [kilometres]</source>
      <translation>Distance [kilomètres]</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>'distance' trains on samples within it and tests on all others.</source>
      <translation>« distance » entraîne sur les échantillons en deçà et teste sur tous les autres.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/algorithms/validated_series.py" />
      <source>{}: '{}' needs it. Fill it in, or hold out something else.</source>
      <translation>{} : « {} » le demande. Remplissez-le, ou réservez autre chose.</translation>
    </message>
  </context>
  <context>
    <name>ViewActions</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_actions.py" />
      <source>Linked views: previous date</source>
      <translation>Vues liées : date précédente</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_actions.py" />
      <source>Linked views: next date</source>
      <translation>Vues liées : date suivante</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_actions.py" />
      <source>Linked views: next view</source>
      <translation>Vues liées : vue suivante</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_actions.py" />
      <source>Linked views: back to the sample</source>
      <translation>Vues liées : revenir à l'échantillon</translation>
    </message>
  </context>
  <context>
    <name>ViewEditor</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>what the map shows</source>
      <translation>ce que montre la carte</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>layers</source>
      <translation>couches</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>one date of a stack</source>
      <translation>une date d'une pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Drag to change which lies on top.</source>
      <translation>Faites glisser pour changer ce qui est au-dessus.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Stack</source>
      <translation>Pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Show as</source>
      <translation>Montrer comme</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Red</source>
      <translation>Rouge</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Green</source>
      <translation>Vert</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Blue</source>
      <translation>Bleu</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>The layers that are on in the main map.</source>
      <translation>Les couches visibles dans la carte principale.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Title</source>
      <translation>Titre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>Shows</source>
      <translation>Montre</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>true colour</source>
      <translation>couleurs naturelles</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>false colour: near infrared, red, green</source>
      <translation>fausses couleurs : proche infrarouge, rouge, vert</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>NDVI</source>
      <translation>NDVI</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>three bands</source>
      <translation>trois bandes</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_editor.py" />
      <source>one band</source>
      <translation>une bande</translation>
    </message>
  </context>
  <context>
    <name>ViewFrame</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_frame.py" />
      <source>Previous date</source>
      <translation>Date précédente</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_frame.py" />
      <source>Next date</source>
      <translation>Date suivante</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_frame.py" />
      <source>This sample has no place on the map.</source>
      <translation>Cet échantillon n'a pas de place sur la carte.</translation>
    </message>
  </context>
  <context>
    <name>ViewImagery</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_imagery.py" />
      <source>No imagery: choose layers in the settings of the views.</source>
      <translation>Pas d'imagerie : choisissez des couches dans les réglages des vues.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_imagery.py" />
      <source>The stack does not reach this sample.</source>
      <translation>La pile n'atteint pas cet échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_imagery.py" />
      <source>None of the images of this view reaches this sample.</source>
      <translation>Aucune des images de cette vue n'atteint cet échantillon.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_imagery.py" />
      <source>'{}' has no dates in its band names.</source>
      <translation>'{}' n'a pas de dates dans les noms de ses bandes.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_imagery.py" />
      <source>'{}' has no date with the bands {}.</source>
      <translation>'{}' n'a pas de date avec les bandes {}.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_imagery.py" />
      <source>Reading the contrast of the stack…</source>
      <translation>Lecture du contraste de la pile…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_imagery.py" />
      <source>'{}' was removed from the project; it is shown from its source.</source>
      <translation>'{}' a été retiré du projet ; il est montré depuis sa source.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_imagery.py" />
      <source>'{}' was removed from the project.</source>
      <translation>'{}' a été retiré du projet.</translation>
    </message>
  </context>
  <context>
    <name>ViewSources</name>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_sources.py" />
      <source>Opening '{}'…</source>
      <translation>Ouverture de '{}'…</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_sources.py" />
      <source>Read the contrast of a stack</source>
      <translation>Lire le contraste d'une pile</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/gui/labeling/linked_views_sources.py" />
      <source>Open '{}'</source>
      <translation>Ouvrir '{}'</translation>
    </message>
  </context>
  <context>
    <name>WebAccess</name>
    <message>
      <location filename="../cropsample_plugin/bridge/web_access.py" />
      <source>The request header '{}' cannot be read.</source>
      <translation>L'en-tête de requête « {} » ne peut être lu.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/web_access.py" />
      <source>Write one on each line, such as 'X-Api-Key: ${MY_KEY}'.</source>
      <translation>Écrivez-en un par ligne, par exemple « X-Api-Key: ${MY_KEY} ».</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/web_access.py" />
      <source>The authentication '{}' cannot be used.</source>
      <translation>L'authentification « {} » ne peut être utilisée.</translation>
    </message>
    <message>
      <location filename="../cropsample_plugin/bridge/web_access.py" />
      <source>Check it in QGIS (Settings &gt; Options &gt; Authentication), and the master password.</source>
      <translation>Vérifiez-la dans QGIS (Préférences &gt; Options &gt; Authentification), et le mot de passe principal.</translation>
    </message>
  </context>
</TS>
